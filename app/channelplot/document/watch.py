"""Who has the watch at this desk."""

from channelplot.document.notice import Notice
from channelplot.document.session import Session
from channelplot.settings import Settings, Watch, login_name


class WatchKeeper:
    """Knows who has the watch, and signs the acts of the open plot with that name.

    Whoever took it last has it until somebody else does; but one that began too long ago when
    the desk was opened is over. Until it is taken again acts are under the login name. Announces
    changed, and not_kept with the reason where the name counts but could not be kept for next
    time.
    """

    def __init__(self, session: Session, settings: Settings) -> None:
        """Start with the watch that was taken last, if that is not over."""
        self.changed = Notice[Watch]()
        self.not_kept = Notice[OSError]()
        self._session = session
        self._settings = settings
        last = settings.watch()
        self.last = last
        self.current = last if last is not None and last.lasts(session.clock()) else None
        session.document.operator = self.operator

    @property
    def operator(self) -> str:
        """Return under which name acts are."""
        return self.current.name if self.current is not None else login_name()

    @property
    def is_overlong(self) -> bool:
        """Return whether whoever has the watch has had it longer than a watch is."""
        return self.current is not None and not self.current.lasts(self._session.clock())

    def take(self, name: str) -> None:
        """Let somebody have the watch from now on."""
        watch = Watch(name, self._session.clock())
        self.last = self.current = watch
        self._session.document.operator = name
        try:
            self._settings.begin_watch(watch)
        except OSError as error:
            self.not_kept.announce(error)
        self.changed.announce(watch)
