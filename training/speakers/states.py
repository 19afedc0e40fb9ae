"""Build the table of states: `python -m training.speakers.states --data DIR --out FILE`.

Names, capitals and Wikidata ids come from datasets/country-codes (ODC-PDDL); the adjectives, the other names and the
seats of government are ours.
"""

import argparse
import csv
import json
from collections.abc import Sequence
from pathlib import Path

# Adjectives of states whose name does not end in -ia: those follow a rule.
ADJECTIVES = {
    "AE": "Emirati", "AF": "Afghan", "AO": "Angolan", "AR": "Argentine Argentinian", "AZ": "Azerbaijani Azeri",
    "BA": "Bosnian", "BD": "Bangladeshi", "BE": "Belgian", "BF": "Burkinabe", "BH": "Bahraini", "BI": "Burundian",
    "BJ": "Beninese", "BR": "Brazilian", "BT": "Bhutanese", "BW": "Botswanan", "BY": "Belarusian Belarussian",
    "CA": "Canadian", "CD": "Congolese", "CF": "Central-African", "CG": "Congolese", "CH": "Swiss", "CI": "Ivorian",
    "CL": "Chilean", "CM": "Cameroonian", "CN": "Chinese", "CR": "Costa-Rican", "CU": "Cuban", "CY": "Cypriot",
    "CZ": "Czech", "DE": "German", "DJ": "Djiboutian", "DK": "Danish", "DO": "Dominican", "EC": "Ecuadorean Ecuadorian",
    "EG": "Egyptian", "ER": "Eritrean", "ES": "Spanish", "FI": "Finnish", "FJ": "Fijian", "FR": "French",
    "GA": "Gabonese", "GB": "British UK U.K.", "GH": "Ghanaian", "GM": "Gambian", "GN": "Guinean", "GR": "Greek",
    "GT": "Guatemalan", "GY": "Guyanese", "HN": "Honduran", "HR": "Croatian", "HT": "Haitian", "HU": "Hungarian",
    "IE": "Irish", "IL": "Israeli", "IQ": "Iraqi", "IR": "Iranian", "IS": "Icelandic", "IT": "Italian",
    "JM": "Jamaican", "JO": "Jordanian", "JP": "Japanese", "KE": "Kenyan", "KG": "Kyrgyz", "KP": "North-Korean",
    "KR": "South-Korean", "KW": "Kuwaiti", "KZ": "Kazakh Kazakhstani", "LA": "Lao Laotian", "LB": "Lebanese",
    "LK": "Sri-Lankan", "LU": "Luxembourgish", "LY": "Libyan", "MA": "Moroccan", "MD": "Moldovan",
    "ME": "Montenegrin", "MG": "Malagasy", "ML": "Malian", "MM": "Burmese", "MT": "Maltese", "MV": "Maldivian",
    "MW": "Malawian", "MX": "Mexican", "MZ": "Mozambican", "NE": "Nigerien", "NI": "Nicaraguan", "NL": "Dutch",
    "NO": "Norwegian", "NP": "Nepali Nepalese", "NZ": "New-Zealand", "OM": "Omani", "PA": "Panamanian",
    "PE": "Peruvian", "PH": "Philippine Filipino", "PK": "Pakistani", "PL": "Polish", "PS": "Palestinian",
    "PT": "Portuguese", "PY": "Paraguayan", "QA": "Qatari", "RW": "Rwandan", "SA": "Saudi", "SD": "Sudanese",
    "SE": "Swedish", "SG": "Singaporean", "SK": "Slovak", "SL": "Sierra-Leonean", "SN": "Senegalese",
    "SS": "South-Sudanese", "SV": "Salvadoran", "SZ": "Swazi", "TD": "Chadian", "TG": "Togolese", "TH": "Thai",
    "TJ": "Tajik", "TL": "Timorese", "TM": "Turkmen", "TR": "Turkish", "TW": "Taiwanese", "UA": "Ukrainian",
    "UG": "Ugandan", "US": "American US U.S.", "UY": "Uruguayan", "UZ": "Uzbek", "VE": "Venezuelan",
    "VN": "Vietnamese", "XK": "Kosovar", "YE": "Yemeni", "ZA": "South-African", "ZW": "Zimbabwean",
}  # fmt: skip
NAMES = {
    "US": ["United States", "America", "United States of America", "USA", "U.S.", "US", "U.S.A."],
    "GB": ["United Kingdom", "Britain", "U.K."],
    "RU": ["Russia", "Russian Federation"], "KR": ["South Korea"], "KP": ["North Korea"], "TR": ["Turkey", "Türkiye"],
    "CZ": ["Czech Republic", "Czechia"], "AE": ["United Arab Emirates", "UAE", "Emirates"], "MM": ["Myanmar", "Burma"],
    "PS": ["Palestine"], "SY": ["Syria"], "CN": ["China"], "CD": ["Democratic Republic of the Congo", "DR Congo"],
    "CI": ["Ivory Coast", "Côte d'Ivoire"], "MK": ["North Macedonia", "Macedonia"], "HK": ["Hong Kong"],
}  # fmt: skip
SEATS = {
    "US": ["White House", "Oval Office", "Capitol Hill", "Foggy Bottom"], "RU": ["Kremlin"], "FR": ["Elysee", "Élysée"],
    "GB": ["Downing Street", "Whitehall"], "UA": ["Kyiv", "Kiev", "Bankova"], "IL": ["Tel Aviv"],
    "KZ": ["Astana", "Nur-Sultan"], "KR": ["Blue House"], "VA": ["Vatican", "Holy See"], "IR": ["Tehran"],
}  # fmt: skip


def adjectives_of(code: str, names: Sequence[str]) -> list[str]:
    """Return the words for what belongs to a state: from the table, else by the rule for names in -ia."""
    if code in ADJECTIVES:
        return [word.replace("-", " ") for word in ADJECTIVES[code].split()]
    return [f"{name}n" for name in names[:1] if name.endswith("ia")]


def table(data: Path) -> list[dict[str, object]]:
    """Return one row for each state: code, name, names, capital, adjectives, seats, qid."""
    rows: list[dict[str, object]] = []
    with (data / "countries" / "country-codes.csv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            code, name = line["ISO3166-1-Alpha-2"], line["CLDR display name"]
            if not code or not name:
                continue
            names = NAMES.get(code, [name])
            rows.append(
                {
                    "code": code,
                    "name": names[0],
                    "names": list(dict.fromkeys([*names, name])),
                    "capital": line["Capital"],
                    "adjectives": adjectives_of(code, names),
                    "seats": SEATS.get(code, []),
                    "qid": line["wikidata_id"].rsplit("/", 1)[-1],
                }
            )
    return sorted(rows, key=lambda row: str(row["code"]))


def main() -> None:
    """Read the command line and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    rows = table(args.data)
    args.out.write_text("[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]\n")
    print(f"{len(rows)} states, {sum(not row['adjectives'] for row in rows)} without an adjective")


if __name__ == "__main__":
    main()
