"""One circle as the relay knows it: who sends, who receives, which gates are open. Ids and gates only."""

from server.media.engine import Audience, Kind
from server.media.relay.incoming import Incoming
from server.media.relay.publication import Publication
from server.media.relay.subscription import Subscription


class Meeting:
    """Gates belong to seats, not to connections: they outlive both."""

    def __init__(self) -> None:
        self.publications: dict[str, Publication] = {}
        self.subscriptions: dict[str, Subscription] = {}
        self._gates: dict[tuple[str, Kind], Audience] = {}
        self._hidden: set[tuple[str, str, Kind]] = set()

    def gate(self, seat: str, kind: Kind, audience: Audience) -> None:
        if audience == "nobody":
            self._gates.pop((seat, kind), None)
        else:
            self._gates[seat, kind] = audience
        publication = self.publications.get(seat)
        if publication is not None:
            self._apply(seat, kind, publication)

    def view(self, listener: str, seat: str, kind: Kind, on: bool) -> None:
        """A listener's own switch. Only for a seat that publishes, so that nobody can fill our memory with it."""
        key = (listener, seat, kind)
        if on:
            self._hidden.discard(key)
        elif seat in self.publications:
            self._hidden.add(key)
        publication = self.publications.get(seat)
        if publication is not None:
            self._apply(seat, kind, publication)

    def publish(self, seat: str, publication: Publication) -> None:
        self.publications[seat] = publication
        for incoming in publication.tracks:
            self._apply(seat, incoming.kind, publication)
        for listener, subscription in list(self.subscriptions.items()):  # an offer may end its subscription
            if listener != seat:
                self._show(listener, subscription, seat, publication)
                subscription.offer()

    def unpublish(self, seat: str) -> Publication | None:
        publication = self.publications.pop(seat, None)
        if publication is not None:
            for subscription in list(self.subscriptions.values()):
                for incoming in publication.tracks:
                    subscription.remove(incoming)
                subscription.offer()
        return publication

    def subscribe(self, listener: str, subscription: Subscription) -> None:
        self.subscriptions[listener] = subscription
        for seat, publication in self.publications.items():
            if seat != listener:
                self._show(listener, subscription, seat, publication)
        subscription.offer()

    def unsubscribe(self, listener: str) -> Subscription | None:
        subscription = self.subscriptions.pop(listener, None)
        if subscription is not None:
            for one in subscription.listeners():
                one.incoming.remove(one)
        return subscription

    def forget(self, seat: str) -> None:
        """A seat's connections have ended, its own switches with them. Its gates are the rules' alone."""
        self._hidden = {key for key in self._hidden if seat not in key[:2]}

    def _show(self, listener: str, subscription: Subscription, seat: str, publication: Publication) -> None:
        for incoming in publication.tracks:
            subscription.add(incoming, publication, self._hears(listener, seat, incoming.kind))

    def _hears(self, listener: str, seat: str, kind: Kind) -> bool:
        """Whether this listener is in the audience, the common gate aside."""
        audience = self._gates.get((seat, kind), "nobody")
        named = not isinstance(audience, frozenset) or listener in audience
        return named and (listener, seat, kind) not in self._hidden

    def _apply(self, seat: str, kind: Kind, publication: Publication) -> None:
        opens = self._opens(seat, kind)
        publication.set_heard(self._opens(seat, "audio"))
        for incoming in publication.tracks:
            if incoming.kind == kind:
                self._set(incoming, publication, opens)
        for listener, subscription in self.subscriptions.items():
            for one in subscription.listeners():
                if one.incoming.seat == seat and one.incoming.kind == kind:
                    one.set_open(self._hears(listener, seat, kind))

    def _opens(self, seat: str, kind: Kind) -> bool:
        return self._gates.get((seat, kind), "nobody") != "nobody"

    def _set(self, incoming: Incoming, publication: Publication, opens: bool) -> None:
        newly = opens and not incoming.track.open
        incoming.track.set_open(opens)
        if newly:
            publication.ask_picture(incoming)
