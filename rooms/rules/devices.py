"""What members have switched on. Shown to all; whether anyone is heard is the floor's matter, never this."""

from rooms.circle import Circle
from rooms.nouns import Actor
from rooms.rulebook import NOT_OBSERVERS, Command, Rule


class SetDevices(Command, frozen=True, kw_only=True):
    """My microphone and camera, as I have set them."""

    microphone: bool
    camera: bool


def set_devices(circle: Circle, command: SetDevices, by: Actor, _now: float) -> Circle:
    return circle.with_seat(by, microphone=command.microphone, camera=command.camera, hushed=False)


RULES = (Rule(SetDevices, NOT_OBSERVERS, (), set_devices),)
