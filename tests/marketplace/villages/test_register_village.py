import pytest

from marketplace.places.models import Amphoe, Province, Tambon
from marketplace.places.services import InvalidName
from marketplace.villages import services
from marketplace.villages.models import Village

pytestmark = pytest.mark.django_db


@pytest.fixture
def tambon():
    Province.objects.create(code="50", name_th="เชียงใหม่", region="N", sort_key="ช")
    Amphoe.objects.create(code="5001", name_th="เมืองเชียงใหม่", province_id="50", sort_key="ม")
    return Tambon.objects.create(code="500108", name_th="สุเทพ", amphoe_id="5001", sort_key="ส")


def test_a_village_lies_in_the_tambon_its_code_begins_with(tambon):
    village = services.register_village(code="50010811", name_th=" บ้าน  ดอยปุย ")

    village.refresh_from_db()
    assert (village.tambon, village.name_th, village.moo) == (tambon, "บ้าน ดอยปุย", 11)


@pytest.mark.parametrize("code", ["5001081", "50010800", "500108๑๑", "50010811\n", ""])
def test_a_malformed_code_is_refused(tambon, code):
    with pytest.raises(services.InvalidVillageCode):
        services.register_village(code=code, name_th="ดอยปุย")

    assert not Village.objects.exists()


@pytest.mark.parametrize("name", ["", " \u200b ", "ก" * 121])
def test_a_name_is_neither_empty_nor_endless(tambon, name):
    with pytest.raises(InvalidName):
        services.register_village(code="50010811", name_th=name)

    assert not Village.objects.exists()


def test_a_village_of_an_unknown_tambon_is_refused(tambon):
    with pytest.raises(services.UnknownTambon):
        services.register_village(code="50010911", name_th="ดอยปุย")

    assert not Village.objects.exists()


def test_a_code_is_registered_once(tambon):
    services.register_village(code="50010811", name_th="ดอยปุย")

    with pytest.raises(services.VillageExists):
        services.register_village(code="50010811", name_th="อื่น")

    assert Village.objects.get().name_th == "ดอยปุย"
