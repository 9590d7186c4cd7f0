"""Bars of the parts of a change: their lengths and sides."""

from shop.reports.pictures.parts import parts_picture


def test_bars_go_to_both_sides_of_zero_in_one_scale():
    picture = parts_picture([("new", "+", 300), ("gone", "−", -100)])

    gain, loss = picture.bars
    assert (gain.width, loss.width) == (241.5, 80.5)
    assert (gain.x, round(loss.x + loss.width, 1)) == (picture.zero, picture.zero)
    assert (gain.is_gain, loss.is_gain) == (True, False)
    assert gain.x + gain.width <= picture.width and loss.x >= 0


def test_gains_alone_begin_at_the_left_and_losses_alone_end_at_the_right():
    gains, losses = parts_picture([("a", "", 5)]), parts_picture([("a", "", -5)])

    assert (gains.bars[0].x, gains.bars[0].width) == (4, 322)
    assert (losses.bars[0].x, losses.bars[0].width) == (4, 322)


def test_a_picture_of_nothing_has_no_bars():
    assert parts_picture([]).bars == ()
