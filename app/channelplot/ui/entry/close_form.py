"""The form in which a boat is closed: how it ended, who identified it, its people beside it."""

from collections.abc import Iterator

from PySide6.QtWidgets import QLineEdit

from channelplot.chart.wording import craft_text, status_text
from channelplot.errors import ClosingRefused
from channelplot.model.track import Track
from channelplot.tools.approach_draft import ApproachDraft
from channelplot.tools.close_draft import CLOSINGS, CloseDraft, CloseReading
from channelplot.tools.lookout import Lookout
from channelplot.ui.entry.completed_edit import CompletedEdit
from channelplot.ui.entry.form import EntryForm, set_text
from channelplot.ui.entry.ledger_view import LedgerView
from channelplot.ui.entry.status_choice import StatusChoice
from channelplot.ui.words.alert_text import alert_text
from channelplot.ui.words.approach_text import closest_text, watched_against
from channelplot.ui.words.closing_text import closing_obstacle_text, obstacle_text
from channelplot.ui.words.messages import error_text


class CloseForm(EntryForm):
    """Status, who identified the boat and how, and who answers for what is not settled.

    What keeps the boat from being closed is said at once; Enter is never dead: it closes, or it
    is refused with the numbers.
    """

    def __init__(self, draft: CloseDraft, approaches: ApproachDraft, lookout: Lookout) -> None:
        """Show the draft and write what is typed into it.

        approaches: knows how close watched craft come. lookout: what wants attention.
        """
        super().__init__(self.tr("Close"), self.tr("Close"))
        self.draft = draft
        self._approaches = approaches
        self._lookout = lookout
        self._is_showing = False
        self.status = StatusChoice(self, self.tr("How it ended"), CLOSINGS)
        self.add_above(self.status)
        for button in self.status.buttons:
            button.installEventFilter(self)
        self.ledger = LedgerView(self)
        self.add_aside(self.ledger)
        self.identified_by = CompletedEdit(self)
        self.identified_how, self.explained_by, self.why = (QLineEdit(self) for _ in range(3))
        self.identified_by.setPlaceholderText(self.tr("CUTTER-1"))
        self.identified_how.setPlaceholderText(self.tr("alongside"))
        self.explained_by.setPlaceholderText(self.tr("if not settled"))
        self.why.setPlaceholderText(self.tr("reason"))
        self.add_field(self.tr("Identified by"), self.identified_by, 2)
        self.add_field(self.tr("How"), self.identified_how, 2)
        self.add_field(self.tr("Answers for it"), self.explained_by, 2)
        self.add_field(self.tr("Why"), self.why, 3)
        for name, field in (
            ("identified_by", self.identified_by),
            ("identified_how", self.identified_how),
            ("explained_by", self.explained_by),
            ("why", self.why),
        ):
            field.textChanged.connect(lambda text, name=name: self._edit(name, text))
        self.status.chosen.connect(lambda status: self._edit("status", status))
        draft.changed.connect(self.refresh)
        lookout.looked.connect(self.refresh)
        self.show_draft()

    def line_edits(self) -> tuple[QLineEdit, ...]:
        """Return the text fields in the order of the Tab key."""
        return (self.identified_by, self.identified_how, self.explained_by, self.why)

    def focus_first(self) -> None:
        """Give the keyboard to the status that is chosen."""
        self.status.take_focus()

    def show_draft(self) -> None:
        """Show the draft's text and how things stand with the boat."""
        draft, reading = self.draft, self.draft.reading()
        self._is_showing = True
        self.status.show_status(draft.text.status)
        self.identified_by.offer(draft.witnesses())
        set_text(self.identified_by, draft.text.identified_by)
        set_text(self.identified_how, draft.text.identified_how)
        set_text(self.explained_by, draft.text.explained_by)
        set_text(self.why, draft.text.why)
        self._is_showing = False
        track = reading.track
        if track is None:
            self.heading.setText(self.tr("Close"))
            self.show_reading(
                self.tr("That boat is no longer open in the plot."), is_fault=True, questions=()
            )
            return
        self.heading.setText(self.tr("Close {name}").format(name=track.name))
        self.commit_button.setText(self.heading.text())
        self.ledger.setVisible(track.has_people)
        self.ledger.show_ledger(reading.ledger)
        said = [*self._at_stake(track), self._reading_text(reading)]
        self.show_reading(" ".join(said), is_fault=not reading.can_close, questions=())
        self.commit_button.setEnabled(True)  # Enter tells what stands in the way

    def _reading_text(self, reading: CloseReading) -> str:
        track, obstacle = reading.track, reading.obstacle
        assert track is not None, "said before"
        status = status_text(self.draft.text.status)
        if isinstance(obstacle, ClosingRefused):
            if not reading.is_explained:
                return closing_obstacle_text(obstacle)
            text = self.tr("Enter closes {name} as {status}, although {why}: {person} answers.")
            return text.format(
                name=track.name,
                status=status,
                why=obstacle_text(obstacle),
                person=self.draft.text.explained_by.strip(),
            )
        if obstacle is not None:
            return error_text(obstacle)
        text = self.tr("Enter closes {name} as {status}.").format(name=track.name, status=status)
        if track.has_people:
            return text
        return self.tr("{text} Nobody of it is to be accounted for: it is a {craft}.").format(
            text=text, craft=craft_text(track.craft)
        )

    def _at_stake(self, track: Track) -> Iterator[str]:
        """Yield what nobody will be told of any more once the craft is closed."""
        plot = self.draft.session.document.plot
        coming = {watch.uid: approach for watch, approach in self._approaches.watched()}
        for watch, other in watched_against(track, plot):
            approach = coming.get(watch.uid)
            words = (
                self.tr("{name} is watched against {other}.")
                if approach is None
                else self.tr("{name} is watched against {other}: {approach}.")
            )
            yield words.format(
                name=track.name,
                other=other.name,
                approach="" if approach is None else closest_text(approach),
            )
        for alert in self._lookout.alerts:
            if alert.entity_uid == track.uid and alert.is_urgent:
                words = self.tr("Urgent alert: {alert}.")
                yield words.format(alert=alert_text(alert, plot, self._lookout))

    def _edit(self, name: str, value: object) -> None:
        if not self._is_showing:
            self.draft.edit(**{name: value})
