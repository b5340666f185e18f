"""Angles on the compass: wrapping, and the smallest turn between two."""


def wrapped_deg(angle_deg: float) -> float:
    """Return the angle as a true bearing, from 0 up to but not including 360."""
    wrapped = angle_deg % 360.0
    return 0.0 if wrapped == 360.0 else wrapped


def turn_deg(from_deg: float, to_deg: float) -> float:
    """Return the smallest turn from one bearing to another, in degrees.

    Clockwise positive, -180 < result <= 180. Both bearings by the same north.
    """
    turn = (to_deg - from_deg) % 360.0
    return turn - 360.0 if turn > 180.0 else turn
