"""What the source codes of the somatotropic tables stand for (gh_prolactin_calcium.md section 8)."""

from __future__ import annotations

import re

SOURCES: dict[str, str] = {
    "G1": "24-h GH in men of 20-22 years, Clin Endocrinol (Oxford RDM 72974)",
    "G2": "Ribeiro-Oliveira 2013, PMC3701276",
    "G3": "IGF-1 by age [mem]",
    "G4": "Roelfsema, Neuroendocrinology 103:335",
    "G5": "Ghigo group, provocative tests in 178 normal adults; Aimaretti 1998 JCEM 83",
    "G6": "Garcia 2013, PMC4207947",
    "G7": "macimorelin phase 1, PMID 32325373",
    "G8": "cut-offs of the glucose load [mem]",
    "G10": "Norditropin label (Swiss)",
    "G12": "Laron syndrome [mem]",
    "G13": "Juul 2018/2019, PMC6325982, and somapacitan label pages",
    "G15": "Trainer 2000 NEJM 342:1171 abstract; -62.5 % and the rises of GH [mem]",
    "G16": "Somavert label",
    "G17": "Sandostatin LAR kinetics, abstracts; 1.56 ug/L [mem]",
    "G18": "Gillis 1997 Drugs 53:681; mean falls [mem]",
    "G19": "octreotide LAR 30 mg in healthy persons, scilit 6ca2f5d9",
    "G21": "cabergoline in acromegaly [mem]",
    "G22": "octreotide s.c. in acromegaly, scilit d99ed5c1",
    "P7": "cabergoline single doses, scilit 0fbf70cd",
}
_CODE = re.compile(r"\b[GP]\d+\b")


def cited(source: str) -> str:
    """Return a source with what its codes stand for; a recalled one, "(m)" in the document, is marked "[mem]".

    Parameters
    ----------
    source : str
        As the document's table prints it.
    """
    named = "; ".join(f"{code} = {SOURCES[code]}" for code in dict.fromkeys(_CODE.findall(source)))
    text = source.replace("(m)", "[mem]")
    return f"{text}; {named}" if named else text
