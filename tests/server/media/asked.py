"""What a publisher was asked for, read from what it got."""

from server.media.relay import rtcp
from tests.server.media.rig import Seat


def pictures_asked(seat: Seat) -> list[int]:
    """For which of its ssrcs a publisher was asked for a whole picture, in order."""
    packets = [packet for report in seat.publisher.reports for packet in rtcp.split(report)]
    return [ssrc for ssrc in map(rtcp.wanted_picture, packets) if ssrc]


def asked_again(seat: Seat) -> list[int]:
    """Which numbers a publisher was asked for again, in order."""
    packets = [packet for report in seat.publisher.reports for packet in rtcp.split(report)]
    return [number for packet in packets for number in rtcp.lost_numbers(packet)[1]]
