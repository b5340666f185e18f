"""A planned search as a route in GPX, for the plotter of whoever is to search."""

import io

from channelplot.model.search import PlannedSearch


def route_gpx(search: PlannedSearch) -> bytes:
    """Return a search as GPX 1.1 (UTF-8) with one route; WGS 84, no times, no names of people.

    The route has the search's name; its points are called CSP, for the commence search point, then
    1, 2 ... for the end of each leg. Written by GDAL's GPX driver.
    """
    # Half a second to import: nobody but an export waits for it.
    import geopandas
    import pyogrio
    import shapely

    count = len(search.waypoints)
    points = geopandas.GeoDataFrame(
        {
            "route_fid": [0] * count,
            "route_point_id": list(range(count)),
            "route_name": [search.name] * count,
            "name": [f"{search.name} CSP", *(f"{search.name} {n}" for n in range(1, count))],
        },
        geometry=[shapely.Point(p.lon_deg, p.lat_deg) for p in search.waypoints],
        crs="EPSG:4326",
    )
    written = io.BytesIO()
    pyogrio.write_dataframe(points, written, layer="route_points", driver="GPX")
    return written.getvalue()
