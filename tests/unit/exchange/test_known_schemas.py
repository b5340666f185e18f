"""Tables known by their columns and values; what is not known is plain."""

from collections.abc import Mapping, Sequence

import pytest

from channelplot.exchange.known_schemas import schema_of
from channelplot.exchange.reference_table import Cell, GeometryKind
from channelplot.model.reference_layer import ReferenceSchema

PLAIN, ROUTEING, SEA_LIMITS, SAR_REGIONS = (
    ReferenceSchema.PLAIN,
    ReferenceSchema.ROUTEING,
    ReferenceSchema.SEA_LIMITS,
    ReferenceSchema.SAR_REGIONS,
)


@pytest.mark.parametrize(
    ("columns", "dimensions", "schema"),
    [
        ({"feature": ["Inshore Traffic Zones", None]}, {2}, ROUTEING),
        ({"FEATURE": ["Two-way Routes"]}, {2}, ROUTEING),
        ({"feature_ty": ["Recommended Routes", "Traffic Separation Lines"]}, {1}, ROUTEING),
        ({"feature_ty": [None, None], "orient": [42.0, 10.0]}, {0}, ROUTEING),
        ({"feature_ty": [None, None], "orient": [42.0, 10.0]}, {1}, PLAIN),
        ({"feature_ty": [None], "orient": ["42"]}, {0}, PLAIN),
        ({"type": ["separation_zone", "separation_lane"]}, {1}, ROUTEING),
        ({"seamark:type": ["inshore_traffic_zone"]}, {2}, ROUTEING),
        ({"type": ["buoy", "separation_lane"]}, {0, 1}, PLAIN),
        ({"feature": ["Wrecks", "Wrecks", "Precautionary Areas"]}, {2}, PLAIN),
        ({"feature": []}, {2}, PLAIN),
        ({"kind": ["straight_baseline_FR", "contiguous_24M_FR"]}, {1}, SEA_LIMITS),
        ({"kind": ["territorial_sea_12M_FR"]}, {0}, PLAIN),
        ({"nom": ["Limite extérieure de la mer territoriale, nord"]}, {1}, SEA_LIMITS),
        ({"name": ["Délimitation entre deux", "Ligne de base droite"]}, {1}, SEA_LIMITS),
        ({"name": ["Délimitation", "Somebody's line", "Another"]}, {1}, PLAIN),
        ({"kind": ["SRR", "VTS"]}, {2}, SAR_REGIONS),
        ({"kind": ["SRR"]}, {1}, PLAIN),
        ({"name": ["CROSS Somewhere", "MRCC Elsewhere"]}, {2}, SAR_REGIONS),
        ({"name": ["Crossing", "Crosswind"]}, {2}, PLAIN),
        ({"depth": [12.0]}, {2}, PLAIN),
        ({}, {2}, PLAIN),
    ],
)
def test_a_table_is_known_or_plain(
    columns: Mapping[str, Sequence[Cell]], dimensions: set[int], schema: ReferenceSchema
) -> None:
    by_dimension = (GeometryKind.POINTS, GeometryKind.LINES, GeometryKind.AREAS)
    found = schema_of(columns, {by_dimension[number] for number in dimensions})
    assert found is schema
