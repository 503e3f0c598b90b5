"""Answers that a family tells when it joins: all of them right, in the shape in which they are kept and sent."""

from typing import Any

KEPT: dict[str, Any] = {
    "you": {"name": "Amara", "family_name": "the A. family"},
    "place": {"place": "burntwood"},
    "children": {"children": [{"age_band": "5-7", "interests": ["football", "lego"]}]},
    "languages": {"languages": ["en", "pl"]},
    "times": {"free_times": ["mon-morning", "sat-afternoon"], "unsure": False},
    "meeting": {"travel_km": "5", "access_needs": ["quiet"], "no_to": ["dogs"]},
    "beside": {"hopes_for": "both"},
    "goal": {"words": "Mornings without shouting"},
    "about": {"theme": "", "horizon": "short"},
    "line": {"rating": 2, "hope": 7, "unsure": False},
    "showing": {"showing": "yes"},
}

SENT: dict[str, dict[str, Any]] = {
    "you": {"name": "Amara", "family_name": "the A. family"},
    "place": {"place": "burntwood"},
    "children": {"count": "1", "age_0": "5-7", "likes_0": "football, lego"},
    "languages": {"languages": ["en", "pl"]},
    "times": {"free_times": ["mon-morning", "sat-afternoon"]},
    "meeting": {"travel_km": "5", "access_needs": ["quiet"], "no_to": ["dogs"]},
    "beside": {"hopes_for": "both"},
    "goal": {"words": "Mornings without shouting"},
    "about": {"theme": "", "horizon": "short"},
    "line": {"rating": "2", "hope": "7"},
    "showing": {"showing": "yes"},
}
