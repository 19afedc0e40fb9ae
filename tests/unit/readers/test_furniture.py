"""Furniture leaves a page; prose that looks like it stays."""

import pytest
from zandar import FIRST, LAST, MIDDLE, TITLE, kept, report_of

ANYWHERE = [
    "Advertisement",
    "- Advertisement -",
    "ADVERTISEMENT:",
    "Story continues below advertisement",
    "Article continues after ad",
    "Sponsored content",
    "Continue reading the main story",
    "Scroll to continue",
    "image",
    "[photo]",
    "Loading…",
    "|",
    "–",
    "* * *",
    "Play video",
    "Share this article",
    "Share on Facebook",
    "Facebook | Twitter | WhatsApp | Email",
    "Share Tweet Pin Print",
    "Follow us on:",
    "Follow us on Twitter and Facebook",
    "Like us on Facebook.",
    "Join our Telegram channel",
    "Follow Ben Ostler on Twitter: @ostler_zandar",
    "1.2k shares",
    "3 min read",
    "Subscribe",
    "Subscribe to our newsletter",
    "Sign up for the Morning Post newsletter",
    "Get the best of Zandar delivered to your inbox every morning.",
    "Enter your email address",
    "By signing up, you agree to our terms of use and privacy policy.",
    "You can unsubscribe at any time.",
    "Please enter a valid email address",
    "Your email address will not be published. Required fields are marked *",
    "Save my name, email, and website in this browser for the next time I comment.",
    "Time limit is exhausted. Please reload CAPTCHA.",
    "Please enable JavaScript to view the comments powered by Disqus.",
    "Comments are closed.",
    "This site uses Akismet to reduce spam. Learn how your comment data is processed.",
    "READ MORE: Zandar council sells its ferries",
    "Related: Who pays for the bridge?",
    "See also » The ferry that never sailed",
    "Click here to read more",
    "We use cookies to give you the best experience. By continuing you agree to our use of them.",
    "By continuing to use this site you agree to our cookie policy.",
    "Accept all cookies",
    "© 2019 The Zandar Post",
    "Copyright 2019 Zandar Media Ltd. All rights reserved.",
    "This material may not be published, broadcast, rewritten or redistributed without permission.",
    "Home > News > Ostrava > Works",
    "Skip to content",
    "Back to top",
    "Log in",
    "Privacy policy",
]


@pytest.mark.parametrize("line", ANYWHERE)
@pytest.mark.parametrize("place", [1, 2, 3, 4])
def test_drops_furniture_wherever_it_stands(line: str, place: int) -> None:
    """A line that is furniture by its words alone leaves the text, at the head, between paragraphs and at the foot."""
    page = [TITLE, FIRST, MIDDLE, LAST]
    page.insert(place, line)
    report = report_of(*page)
    assert kept(report) == [TITLE, FIRST, MIDDLE, LAST]
    assert [d.words for d in report.dropped] == [line]


FOOT = [
    (["Tags: bridge, Zandar, council"], "tags"),
    (["Filed under Ostrava"], "tags"),
    (["Tags", "Ostrava", "Bridges"], "tags"),
    (["#zandar #bridge"], "tags"),
    (["News | Sport | Culture | Weather"], "navigation"),
    (["Leave a Reply", "Comment", "Name *", "Email *", "Website", "Post Comment"], "comment form"),
    (["3 Comments", "Olm says:", "They never finish anything, my brother said it would fall."], "comment form"),
    (["Leave a comment", "Olm said the minister is a liar and everybody in the valley knows that."], "comment form"),
    (
        ["Check Also", "Council to sell ferries", "Lower Zandar, ZNA – The council said it would sell the …"],
        "teaser",
    ),
    (["Related Articles", "Ferry sinks", "Korvin denies it", "Who is Ada Korvin?"], "teaser"),
    (["You may also like", "Ferry sinks", "The captain said he had warned the owners twice."], "teaser"),
    (["Read more", "Council to sell ferries", "The council said on Monday that it would [...]"], "teaser"),
    (["Most Read", "1. Ferry sinks", "2. Korvin denies it"], "teaser"),
    (["More from Ostrava", "Ferry sinks, captain says he warned owners", "Korvin denies it"], "teaser"),
    (["Previous article", "Next article"], "teaser"),
]


@pytest.mark.parametrize(("lines", "reason"), FOOT)
def test_drops_what_stands_after_the_last_paragraph(lines: list[str], reason: str) -> None:
    """Forms, comments, tags and teasers at the foot leave the text with everything that belongs to them."""
    report = report_of(TITLE, FIRST, MIDDLE, LAST, *lines)
    assert kept(report) == [TITLE, FIRST, MIDDLE, LAST]
    assert reason in {d.reason for d in report.dropped}
    assert [d.words for d in report.dropped] == lines


def test_report_goes_on_after_a_teaser() -> None:
    """A teaser in mid-article takes its title and cut-off lead, and nothing of the paragraphs that follow."""
    teaser = ["Related:", "Council to sell ferries", "Lower Zandar – The council said it would …"]
    report = report_of(TITLE, FIRST, *teaser, MIDDLE, LAST)
    assert kept(report) == [TITLE, FIRST, MIDDLE, LAST]


PROSE = [
    "Advertisements for the bridge were put up all over Zandar, she said.",
    "“Advertisement is the soul of trade,” Korvin said of the posters.",
    "The council subscribed to the loan in March, the minister said.",
    "Subscribe to that view or not, the bridge will be built, Korvin said.",
    "He urged readers to subscribe to the fund for the bridge's upkeep.",
    "She told them to sign up for the census before the autumn ends.",
    "Share the burden or share the blame, the minister told the council.",
    "Share prices of the builder fell by a tenth on Tuesday, traders said.",
    "The council will share the costs of the bridge with Ostrava, Korvin said.",
    "Facebook and Twitter said they had removed the posts on Tuesday.",
    "Follow us or leave us, the rebels told the villagers, witnesses said.",
    "“Follow us on the long road,” he said.",
    "The image of the minister suffered when the bridge fell, a poll said.",
    "Cookies were handed to the children at the opening, she said.",
    "“We use cookies to bribe the children,” Korvin joked on Tuesday.",
    "The ministry's website uses cookies to track “enemies”, the group said.",
    "Copyright law would be changed next year, the minister said.",
    "The right to copyright was not touched, said Korvin of the 2019 draft.",
    "Home to 40,000 people, the valley has no bridge at all.",
    "Home is where the bridge leads, the minister told the crowd.",
    "Related claims were made by the builders, who denied any fault.",
    "Related or not, the two men both denied it, the court heard.",
    "More on that would be said in court, his lawyer told reporters.",
    "Read more books, the minister told the pupils of Lower Zandar.",
    "See also, he said, what became of the ferry and its captain.",
    "Comments by the minister drew laughter in the council on Tuesday.",
    "Three comments of hers were struck from the record, she said.",
    "Leave a reply for tomorrow, the chair told the shouting members.",
    "Your email was read by the ministry, he told the court on Tuesday.",
    "Tags were sewn into every coat, the witness said of the camp.",
    "Print shops closed in protest on Tuesday, their owners said.",
    "Log in the river blocks the ferry, officials in Ostrava said.",
    "Search parties found nobody by nightfall, the police chief said.",
    "Trending upwards since May, bread prices hit a record, he said.",
    "Latest figures from the ministry show a loss, she conceded.",
    "Recommended doses were exceeded, the inquiry found on Monday.",
    "The newsletter of the ministry accused the opposition of treason.",
    "Video of the collapse is genuine, the police said on Tuesday.",
    "Photo albums were burnt by the soldiers, the widow told the court.",
    "Contact us before you shoot, the envoy begged both sides.",
    "Loading of grain stopped at noon, port officials said.",
    "Register by Friday or lose your vote, the commission warned.",
    "Next week's talks would fail, the envoy told the council.",
    "Previous governments had lied about the bridge, she said.",
    "By signing the pact, the minister said, Zandar gave up its claim.",
    "By continuing the siege the army breaks the truce, monitors said.",
    "This site was shelled twice on Monday, the monitors reported.",
    "All rights reserved to the crown were given back, he said.",
]


@pytest.mark.parametrize("line", PROSE)
@pytest.mark.parametrize("place", [2, 4])
def test_keeps_prose_that_looks_like_furniture(line: str, place: int) -> None:
    """A sentence that mentions what furniture mentions stays in the text."""
    page = [TITLE, FIRST, MIDDLE, LAST]
    page.insert(place, line)
    report = report_of(*page)
    assert kept(report) == page
    assert report.dropped == ()


def test_subheadings_stay() -> None:
    """Short lines between paragraphs are headings of the report."""
    page = [TITLE, FIRST, "“A hollow promise”", MIDDLE, "What comes next", LAST]
    assert kept(report_of(*page)) == page
