# ruff: noqa: E501 - a pattern is read as one line of the table
"""The table of page furniture: lines that stand around a report and are no part of it.

A rule's pattern must match a whole line, taken without its bullets and dashes and with its spaces made single. Prose
that merely mentions a subscription, an advertisement or a cookie therefore stays. `where` narrows a rule to the lines
before the first paragraph or after the last; `takes` says how much of what follows goes with the line.
"""

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

__all__ = ["RULES", "Rule", "Takes", "Where", "bare", "is_form_line", "rule_of"]


class Where(Enum):
    """On which part of a page a rule holds."""

    ANYWHERE = "anywhere"
    EDGES = "before the first paragraph or after the last"


class Takes(Enum):
    """What goes with a line that a rule matches."""

    LINE = "the line itself"
    TEASER = "titles and cut-off leads that follow it"
    LINK = "a title that follows it, if a cut-off lead comes next"
    FORM = "the lines of the form that follow it"
    LIST = "the short lines that follow it"
    REST = "all that follows, if a paragraph came before"


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of furniture."""

    reason: str
    pattern: re.Pattern[str]
    where: Where = Where.ANYWHERE
    takes: Takes = Takes.LINE


_MOST = 420  # code points; no furniture is longer, and the patterns never see more

_NETWORKS = (
    "facebook|twitter|x|whats ?app|telegram|linked ?in|reddit|pinterest|instagram|tik ?tok|you ?tube|tumblr|viber"
    "|messenger|vk|ok|flipboard|bluesky|threads|mastodon|snapchat|rss|google\\+?|google news|sms"
)
_SHARE_WORDS = f"share|tweet|pin(?: it)?|e-?mail|print|save|bookmark|copy(?: the)? link|link copied!?|{_NETWORKS}"
_SITE = r"(?:this|our) (?:web ?)?(?:site|page)"
_PIECE = r"(?:article|story|post|page|news|report|video|piece)"
_LETTER = r"(?:e-?mail )?(?:newsletters?|mailing list|updates|alerts|briefings?|digest|bulletin|channel|podcast|feed|magazine)"


def _rule(reason: str, *patterns: str, where: Where = Where.ANYWHERE, takes: Takes = Takes.LINE) -> Rule:
    return Rule(reason, re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE), where, takes)


RULES = (
    _rule(
        "advertisement",
        r"advertisements?|advertising|advert|ads?|ad feedback",
        r"sponsored(?: content| links?| posts?| by [\w .&'-]{2,40})?|promoted(?: content| stories)?|paid (?:content|post)",
        r"(?:the )?(?:story|article|report)? ?continues (?:below|after)(?: (?:this |the )?(?:ad|advert|advertisement|video))?",
        r"(?:article |story )?continue reading(?: (?:the main story|below|this article|after (?:the )?ad\w*))?",
        r"scroll (?:down )?(?:to|for) (?:continue|more|read)(?: reading| with content)?",
        r"(?:remove|hide|skip|report(?: this)?) ad(?:s|vertisement)?",
    ),
    _rule(
        "placeholder",
        r"\[?(?:image|img|photo|picture|video|media|gallery|embed|file|audio|graphic)\]?(?: \d{1,2})?",
        r"loading(?: more| comments)?(?:\.\.\.|…)?|null|undefined|n/a",
        r"(?:play|watch|enlarge|click to (?:enlarge|play))(?: (?:video|image|this video|icon))?|video player(?: is loading)?",
        r"(?:listen|hide caption|toggle caption|view (?:gallery|image|photos))",
    ),
    _rule(
        "share line",
        rf"(?:(?:{_SHARE_WORDS})(?:\W{{1,4}}|$)){{2,}}",
        r"(?:share|tweet|print|e-?mail|facebook|twitter|whats ?app|share (?:this|on|via|now)|copy link)",
        rf"share (?:this|the) {_PIECE}(?: (?:on|via|with)\b.{{0,60}}| ?: .{{2,80}})?|share (?:on|via|to|with) .{{2,60}}|share it",
        rf"(?:(?:e-?mail|print|save|bookmark) )(?:this )?{_PIECE}",
        r"(?:follow|find|like|join|connect with|reach) us(?: (?:on|at|via)\b.{0,120})?(?: here)?",
        rf"(?:follow|like) [\w@.,' ]{{2,60}} on (?:{_NETWORKS})\b.{{0,80}}",
        rf"(?:join|subscribe to) (?:our|the) (?:{_NETWORKS})\b.{{0,100}}",
        r"\d[\d.,]*[km]? (?:shares?|views?|likes?|reads?|claps?|retweets?)|shares?:? \d[\d.,]*[km]?|views?: \d[\d.,]*[km]?",
        r"\d{1,3} ?(?:min(?:ute)?s?)(?: read)?|(?:estimated )?(?:reading|read) time:? .{1,20}|text size.{0,20}",
    ),
    _rule(
        "newsletter form",
        rf"(?:please )?subscribe(?: now| today| here| for free| free)?(?: (?:to|for) [\w '’&-]{{0,50}}{_LETTER}?)?(?: (?:now|here|today))?",
        rf"sign[ -]?up(?: now| today| here)?(?: (?:for|to) [\w '’&-]{{0,50}}{_LETTER}?)?(?: (?:now|here|today))?",
        r"sign up (?:here |now |today |below )?(?:to|for|and) (?:get|receive|our|the) .{0,160}",
        r"(?:get|receive|have) [^“”\"]{0,120}(?:to|in|into) your (?:inbox|e-?mail|mailbox)\b.{0,80}",
        rf"(?:join|sign up for|get|try) (?:our|the) (?:free |daily |weekly |morning ){{0,2}}{_LETTER}.{{0,80}}",
        r"(?:our )?(?:daily |weekly |free )?newsletters?(?: sign-?up)?|mailing list|stay (?:informed|connected|in touch|updated)",
        r"(?:enter |your |type your )?(?:your )?e-?mail(?: address)?(?: \*|…|\.\.\.)?(?: (?:here|to subscribe))?",
        r"(?:first|last|full|your) name(?: \*)?|(?:zip|postal) code(?: \*)?",
        r"by (?:signing up|subscribing|clicking|submitting|providing|entering|registering)\b[^“”\"]{0,300}",
        r"(?:i agree to|i have read|i accept|i consent to) (?:the |our |your )?(?:terms|privacy|receive)[^“”\"]{0,200}",
        r"(?:thank you|thanks) for (?:subscribing|signing up|reading|your (?:subscription|interest))\b.{0,80}",
        r"(?:you (?:can|may) )?unsubscribe (?:at )?any ?time.{0,60}|(?:we (?:hate|don['’]t) )?(?:no )?spam\b.{0,80}",
        r"please (?:enter|provide) a valid e-?mail.{0,40}|invalid e-?mail.{0,40}|don['’]t miss (?:a|an|out|the)\b.{0,60}",
        r"(?:a )?weekly (?:round-?up|digest) of .{2,80} in your inbox|subscribers? only|already a subscriber\?.{0,40}",
        r"(?:this (?:article|content) is for|become a) (?:paid )?(?:subscribers?|members?)\b.{0,80}|support (?:our|independent) journalism.{0,80}",
        r"(?:please )?(?:support|help) us!?(?: .{0,160})?|(?:donate|give|become a (?:member|patron|supporter))(?: now| today| here| from \d.{0,40})?!?",
        takes=Takes.FORM,
    ),
    _rule(
        "comment form",
        r"leave a (?:reply|comment)(?: to [\w .'-]{1,40})?(?: cancel reply)?|(?:post|write|add) (?:a|your) comment",
        r"your e-?mail (?:address )?(?:will|is) (?:not|never) (?:be )?(?:published|shared|displayed)\b.{0,120}",
        r"(?:reader |user )?comments ?\(\d{1,6}\)|\d{1,6} (?:comments?|responses?|replies|thoughts)(?: (?:to|on) .{1,160})?",
        r"(?:join|start) the (?:conversation|discussion)|what do you think\?|have your say|view (?:all )?(?:\d+ )?comments",
        r"be the first to comment.{0,60}|(?:reader|user|facebook) comments",
        takes=Takes.REST,
    ),
    _rule(
        "comment form",
        r"required fields are marked.{0,10}|cancel reply|post comment|submit(?: comment)?|name \*|e-?mail \*|website(?: \*)?|comment \*",
        r"save my name, e-?mail.{0,120}|notify me of (?:new|follow).{0,80}|this site uses akismet.{0,120}",
        r"learn how your comment data is processed.{0,10}|you must be (?:logged in|registered) to .{1,40}",
        r"comments?(?: are)?(?: closed| off| disabled| moderated)\b.{0,60}|comments?(?: on this .{1,20} are closed)?",
        r"anti-?spam\b.{0,120}|.{0,60}\bcaptcha\b.{0,60}|please (?:enable|turn on) javascript\b.{0,80}",
        r"(?:powered by )?disqus.{0,40}|you have [\d,]+ characters left.{0,20}|log ?in to (?:comment|reply|leave a .{1,12})",
        r"i['’]?m not a robot|time limit is exhausted.{0,60}",
    ),
    _rule(
        "teaser",
        r"check also|see also|read also|also read|also see|also on .{2,40}",
        r"(?:you )?(?:may|might) (?:also )?(?:like|enjoy|be interested in|have missed)|you may have missed|we recommend|recommended(?: (?:for you|reading|articles?|stories|by))?",
        r"related(?: (?:articles?|posts?|stories|story|news|content|topics?|coverage|links?|reading|items?|videos?))?",
        r"more (?:from|on|about|in|like) [\w.'’&-]{2,30}(?: [\w.'’&-]{1,30}){0,4}|more (?:news|stories|articles|headlines|coverage|reading|to read)|similar (?:articles?|posts?|stories)",
        r"(?:most|the most) (?:read|popular|viewed|shared|commented|recent)(?: (?:stories|articles|news|posts))?",
        r"(?:popular|trending|latest|recent|top|featured|other)(?: (?:now|today|posts?|news|stories|articles?|headlines|updates|videos?))|trending|in other news",
        r"editor[s'’]{0,2} (?:picks?|choice)|up next|next up|read next|what to read next|further reading|must[- ]reads?|don['’]t miss",
        r"(?:from )?around the (?:web|network)|from (?:the|our) (?:web|partners|archives?|sponsors?)|promoted stories|elsewhere on .{2,40}",
        takes=Takes.TEASER,
    ),
    _rule(
        "teaser",
        r"(?:click (?:here )?to )?(?:read|see|learn|view|show|load|find out) (?:the )?(?:more|full (?:story|article|report)|all|less|next)(?: (?:stories|posts|articles|here|below|about this))?",
        r"(?:previous|next|older|newer) (?:article|post|story|entry|page|posts|entries)",
        takes=Takes.LINK,
    ),
    _rule(
        "teaser",
        r"(?:(?:read|see|check|watch)(?: (?:more|also|next|this|all))?|also read|related(?: (?:article|story|news|post|coverage))?|must[- ]read|recommended|more|don['’]t miss|further reading|listen|explainer)"
        r" ?(?:[:»>|→]| [–—-] ).{3,200}",
        r"(?:previous|next|older|newer) (?:article|post|story)\b ?[:»>|→–-]? ?.{3,200}",
        takes=Takes.LINK,
    ),
    _rule(
        "cookie notice",
        rf"(?:we|{_SITE}|[\w. ]{{2,30}} website) (?:and our partners )?uses? (?:cookies|first)[^“”\"]{{0,340}}",
        rf"by (?:continuing|using|browsing|clicking|closing)\b[^“”\"]{{0,120}}(?:{_SITE}|cookies|you (?:agree|accept|consent))[^“”\"]{{0,200}}",
        r"(?:accept|reject|allow|decline|manage|customi[sz]e)(?: (?:all|only necessary|necessary))?(?: (?:cookies|preferences|consent|settings|options))?(?: (?:and|&) (?:close|continue))?",
        r"(?:cookies?|privacy|consent) (?:policy|settings|preferences|notice|options|choices)|got it!?|i (?:accept|agree|understand)|do not sell my .{2,40}",
        r"your privacy (?:choices|matters)\b.{0,60}|we (?:value|respect|care about) your privacy\b.{0,200}",
    ),
    _rule(
        "copyright",
        r"(?:copyright )?(?:©|\(c\)|&copy;) ?(?:copyright )?(?:19|20)\d\d.{0,200}",
        r"(?:copyright )?(?:©|\(c\)) [^“”\"]{0,80}(?:19|20)\d\d.{0,120}|copyright,? (?:[\w.&' ]{2,60},? )?(?:19|20)\d\d\b(?:[-–]\d{2,4})?(?: (?:by )?[\w.,&' ]{2,80})?",
        r"(?:.{0,120}[.,|–—-] ?|(?:.{0,80}(?:19|20)\d\d[\w ]{0,60}) )?all rights reserved(?:[.,;|] ?.{0,200}| (?:by|worldwide) .{0,100})?",
        r"(?:this (?:material|content|article|story)|no part of).{0,60}(?:may not|may|must not|cannot) be (?:published|reproduced|copied|republished)\b.{0,200}",
        r"(?:re-?)?(?:published|posted|printed) (?:with|by) (?:kind )?permission\b.{0,100}",
    ),
    _rule(
        "navigation",
        r"(?:home|start|front page) ?(?:[>»/›|→·] ?[\w&,.'’ -]{1,80} ?){1,8}",
        r"home(?:page)?|menu|main menu|search(?: for)?(?: \.\.\.|…)?|skip to (?:main |the )?(?:content|navigation|article)|(?:back )?to (?:the )?top|back to top",
        r"log ?(?:in|out)|sign ?(?:in|out)|register|my account|create (?:an )?account|toggle (?:navigation|menu|search)|close(?: menu)?|open menu",
        r"contact(?: us)?|about us|privacy policy|terms (?:of (?:use|service)|(?:and|&) conditions)|advertise(?: with us)?|sitemap|site map|faqs?|careers|our team",
        r"(?:switch to |change )?(?:language|edition)|[a-z]{2} \| [a-z]{2}(?: \| [a-z]{2})*|(?:\d{1,3} )?(?:of|/) \d{1,3}|page \d{1,3}(?: of \d{1,3})?",
        r"(?:prev(?:ious)?|next)|(?:« )?(?:prev(?:ious)?) ?[|/·] ?next(?: »)?|view (?:on|in) (?:map|app)|open in app|download (?:our|the) app.{0,60}",
    ),
    _rule(
        "navigation",
        r"[\w&'’.]{2,24}(?: [\w&'’.]{1,16}){0,2}(?: ?[|•·›»>] ?[\w&'’.]{2,24}(?: [\w&'’.]{1,16}){0,2}){2,14}",
        where=Where.EDGES,
    ),
    _rule(
        "tags",
        r"(?:tags?|tagged(?: (?:with|as|in))?|filed (?:under|in)|posted in|categor(?:y|ies)|keywords|labels|topics?|sections?|read more about|more about) ?[:|»-] ?.{1,240}",
        r"(?:tagged|filed under|posted in) .{2,160}|(?:#\w{2,40}[ ,]{0,3}){1,20}",
        where=Where.EDGES,
    ),
    _rule("tags", r"tags|topics|categories|keywords", where=Where.EDGES, takes=Takes.LIST),
)

_EDGE = re.compile(r"^[\s\-–—*_|•·»«›>=~■●▶►→←+:.]+|[\s\-–—*_|•·»«›>=~■●▶►→←:.]+$")
_FORM_WORDS = re.compile(
    r"\b(?:your (?:e-?mail|name|address|inbox|data|details)|e-?mail|inbox|spam|unsubscribe|sign ?up|subscribe)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“”\"]")
_SPACES = re.compile(r"\s+")
_NO_WORD = re.compile(r"[\W_]+")


def bare(text: str) -> str:
    """Return a line without the bullets and dashes at its ends, its spaces made single."""
    return _EDGE.sub("", _SPACES.sub(" ", text.strip()))


def is_form_line(text: str) -> bool:
    """Whether a line below a form's heading speaks of what a form asks for or promises."""
    return _FORM_WORDS.search(text) is not None and not _QUOTED.search(text)


@lru_cache(maxsize=4096)  # furniture repeats itself, from page to page of an outlet too
def rule_of(text: str, *, at_edge: bool) -> Rule | None:
    """Return the rule that `text`, a whole line, falls under."""
    if len(text) > _MOST:
        return None
    if _NO_WORD.fullmatch(text):
        return _RULE_LINE
    words = bare(text)
    if words[:1] + words[-1:] == "[]":  # a button, copied
        words = words[1:-1].strip()
    for rule in RULES:
        if (at_edge or rule.where is Where.ANYWHERE) and rule.pattern.fullmatch(words):
            return rule
    return None


_RULE_LINE = Rule("rule line", _NO_WORD)
