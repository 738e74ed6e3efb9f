"""What can be read off the female gonadal axis, and what is plotted."""

from __future__ import annotations

from endotune_desktop.physiology.axis import Marker, Role

_LAB = (
    Marker("lh", "LH", "IU/L", "luteinising hormone", Role.UPSTREAM, "lh", True, True, 0.1, 0.24),
    Marker("fsh", "FSH", "IU/L", "FSH, own and given", Role.UPSTREAM, "fsh", True, False, 0.1, 0.19),
    Marker(
        "estradiol", "Estradiol", "pmol/L", "estradiol, own and given (ethinylestradiol is not measured)",
        Role.DOWNSTREAM, "estradiol", True, False, None, 0.22,
    ),
    Marker(
        "progesterone", "Progesterone", "nmol/L", "progesterone, own and given", Role.DOWNSTREAM, "progesterone",
        True, False, None, 0.19,
    ),
    Marker("inhibin_a", "Inhibin A", "IU/mL", "inhibin A", Role.DOWNSTREAM, "inhibin_a"),
    Marker("inhibin_b", "Inhibin B", "pg/mL", "inhibin B", Role.DOWNSTREAM, "inhibin_b"),
    Marker("testosterone", "Testosterone", "nmol/L", "total testosterone", Role.DOWNSTREAM, "testosterone"),
    Marker("prolactin", "Prolactin", "mIU/L", "prolactin", Role.UPSTREAM, "prolactin"),
    Marker("hcg", "hCG", "IU/L", "hCG given", Role.GIVEN),
    Marker("estrone", "Estrone", "pmol/L", "estrone, by rule from estradiol", Role.DOWNSTREAM),
)  # fmt: skip

_OVARY = (
    Marker(
        "follicle_1", "First follicle", "mm", "diameter of the most sensitive follicle", Role.GLAND, "", True, False,
        None, 0.16,
    ),
    *(
        Marker(f"follicle_{i}", f"Follicle class {i}", "mm", f"diameter of follicle class {i}", Role.GLAND)
        for i in range(2, 7)
    ),
    Marker("mature_follicles", "Mature follicles", "1", "follicles of 16 mm and more", Role.GLAND),
    Marker("antral_follicles", "Antral follicles", "1", "antral follicles of all classes", Role.GLAND),
    Marker("ovarian_reserve", "Ovarian reserve", "1", "follicles left, 1 = normal", Role.GLAND),
    Marker(
        "luteinising", "Ovulation marker", "1", "follicles that luteinise: a peak above 0.2 is an ovulation",
        Role.GLAND,
    ),
    Marker("corpus_luteum", "Corpus luteum", "1", "active corpora lutea, 1 = one", Role.GLAND),
    Marker("luteal_clock", "Luteal clock", "1", "age of the corpus luteum, it fails at 1", Role.GLAND),
    Marker("own_estradiol", "Own estradiol", "pmol/L", "estradiol of the ovary", Role.GLAND),
    Marker("own_progesterone", "Own progesterone", "nmol/L", "progesterone of the ovary", Role.GLAND),
    Marker("own_fsh", "Own FSH", "IU/L", "FSH of the pituitary", Role.GLAND),
)  # fmt: skip

_BRAIN = (
    Marker("oestrogen_seen", "Oestrogen at work", "pg/mL", "oestrogen that the brain senses", Role.GLAND),
    Marker("progestogen_seen", "Progestogen at work", "ng/mL", "progestogen that the brain senses", Role.GLAND),
    Marker("gnrh_pulses", "GnRH pulses", "1/d", "pulses of the hypothalamus a day", Role.GLAND),
    Marker("gnrh_drive", "GnRH drive", "1", "GnRH, own and from a pump, 1 = normal follicular", Role.GLAND),
    Marker("gnrh_effect", "GnRH effect", "1", "what reaches the gonadotrophs, 1 = normal follicular", Role.GLAND),
    Marker("surge_switch", "Surge switch", "1", "positive feedback, 0 off to 1 on", Role.GLAND),
    Marker("gnrh_responsiveness", "GnRH responsiveness", "1", "1 = not desensitised", Role.GLAND),
    Marker("gonadotroph_capacity", "Gonadotroph capacity", "1", "1 = normal", Role.GLAND),
)

_GIVEN = (
    Marker("given_fsh", "FSH given", "IU/L", "FSH given", Role.GIVEN),
    Marker("given_estradiol", "Estradiol given", "pmol/L", "estradiol given", Role.GIVEN),
    Marker(
        "given_oestrogen", "Oestrogen given", "pmol/L", "as the estradiol that the brain would sense alike", Role.GLAND
    ),
    Marker("given_progesterone", "Progesterone given", "nmol/L", "progesterone given", Role.GIVEN),
    Marker("ethinylestradiol", "Ethinylestradiol", "ug/d", "as a steady intake", Role.GIVEN),
    Marker("progestin", "Progestin", "ng/mL", "progestins as progesterone equivalents", Role.GIVEN),
    Marker("agonist", "GnRH agonist", "ug/L", "as leuprorelin", Role.GIVEN),
    Marker("antagonist", "GnRH antagonist", "ug/L", "as cetrorelix", Role.GIVEN),
)

MARKERS: tuple[Marker, ...] = _LAB + _OVARY + _BRAIN + _GIVEN
