"""What arguments say about a plot: which of its tracks are meant, and that a file is not it."""

from pathlib import Path

from channelplot.cli.answers_arguments import NoAnswer, track_named
from channelplot.cli.wrong_use import WrongUse
from channelplot.model.plot import Plot


def chosen_tracks(plot: Plot, names: tuple[str, ...]) -> frozenset[str] | None:
    """Return the uids of the tracks with the names, None for no names. Raises WrongUse."""
    try:
        return frozenset(track_named(plot, name).uid for name in names) if names else None
    except NoAnswer as error:
        msg = f"--track: {error}"
        raise WrongUse(msg) from error


def require_other_file(out: Path, plot_path: Path) -> None:
    """Raise WrongUse where a file would be written over the plot itself."""
    try:
        is_plot = out.samefile(plot_path)
    except OSError:  # one of the two is not there, or can't be looked at: so they are two
        is_plot = False
    if is_plot:
        msg = f"{out.name} is the plot itself; choose another name"
        raise WrongUse(msg)
