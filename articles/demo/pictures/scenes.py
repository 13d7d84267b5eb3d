"""The catalogue: which painter draws which scene."""

from collections.abc import Callable

from . import gatherings, interiors, landscapes, places, plantations, workshops
from .sheet import Sheet

SCENES: dict[str, Callable[[Sheet], None]] = {
    "terraces": landscapes.terraces,
    "lake": landscapes.lake,
    "river": landscapes.river,
    "mountain-road": landscapes.mountain_road,
    "market": gatherings.market,
    "stilt-house": places.stilt_house_scene,
    "school": places.school,
    "clinic": places.clinic,
    "factory": places.factory,
    "orange-grove": plantations.orange_grove,
    "tea-hill": plantations.tea_hill,
    "football-field": gatherings.football_field,
    "festival": gatherings.festival,
    "meeting": interiors.meeting,
    "forest": plantations.forest,
    "bridge": landscapes.bridge,
    "library": interiors.library,
    "weaving": workshops.weaving,
    "forge": workshops.forge,
}
