"""The 30 states of the adrenal axis (hpa.md section 2) at midnight in the healthy typical person, and four of ours."""

from __future__ import annotations

from endotune_desktop.physiology.axis import State

STATES: tuple[State, ...] = (
    State("CRH", "1", "CRH, healthy 24-h mean 1", 0.3198393167, 1.0),
    State("ACTH", "pg/mL", "ACTH in plasma", 6.75457009, 10.0),
    State("Y", "1", "adrenal answer to ACTH, share of the largest", 0.0208193139, 0.1),
    State("CT", "nmol/L", "total cortisol in plasma", 50.95818114, 100.0),
    State("FT", "nmol/L", "free cortisol in tissue", 2.259041842, 5.0),
    State("E", "nmol/L", "fast glucocorticoid effect, as free cortisol", 3.21995557, 5.0),
    State("E2", "nmol/L", "slow glucocorticoid effect, as free cortisol", 8.282051232, 5.0),
    State("P", "1", "corticotroph mass, 1 = normal", 1.0, 1.0),
    State("A", "1", "adrenal mass, 1 = normal", 1.0, 1.0),
    State("B", "1", "adrenal steroidogenic capacity, 1 = normal", 1.0, 1.0),
    State("S", "nmol/L", "11-deoxycortisol", 0.1968602549, 1.0),
    State("DHEAS", "umol/L", "DHEA-S", 4.282483832, 5.0),
    State("UFC", "nmol", "free cortisol in a urine collection that is slowly forgotten", 75.0, 50.0),
    State("UFC2", "nmol", "the same, smoothed once more", 75.0, 50.0),
    State("hc_g1", "nmol", "hydrocortisone in the gut, not yet dissolved", 0.0, 1e4),
    State("hc_g2", "nmol", "hydrocortisone in the gut, dissolved", 0.0, 1e4),
    State("mr_core", "nmol", "dual-release hydrocortisone in the core of the tablet", 0.0, 1e4),
    State("dr1", "nmol", "delayed-release hydrocortisone, first stage", 0.0, 1e4),
    State("dr2", "nmol", "delayed-release hydrocortisone, second stage", 0.0, 1e4),
    State("dr3", "nmol", "delayed-release hydrocortisone, third stage", 0.0, 1e4),
    State("dr4", "nmol", "delayed-release hydrocortisone, fourth stage", 0.0, 1e4),
    State("hc_im", "nmol", "hydrocortisone in muscle", 0.0, 1e5),
    State("pr_gut", "nmol", "prednisolone in the gut", 0.0, 1e4),
    State("pr_body", "nmol", "prednisolone in the body", 0.0, 1e4),
    State("dx_gut", "nmol", "dexamethasone in the gut", 0.0, 1e3),
    State("dx_body", "nmol", "dexamethasone in the body", 0.0, 1e3),
    State("cos", "pg/mL", "tetracosactide in plasma, as ACTH 1-39", 0.0, 1e3),
    State("cos_im", "pg/mL", "tetracosactide in muscle, as plasma ACTH 1-39", 0.0, 1e3),
    State("cos_dep", "pg/mL", "tetracosactide in the zinc depot, as plasma ACTH 1-39", 0.0, 1e3),
    State("CRHx", "1", "corticorelin, on the scale of own CRH", 0.0, 1.0),
    State("met_gut", "mg", "metyrapone in the gut", 0.0, 100.0),
    State("met_body", "mg", "metyrapone in the body", 0.0, 100.0),
    State("q1", "1", "first stage of the pulses", 1.0, 1.0),
    State("q2", "1", "pulses of the drive, mean 1", 1.0, 1.0),
)
