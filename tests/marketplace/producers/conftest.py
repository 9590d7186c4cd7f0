import pytest

from marketplace.accounts.models import User
from marketplace.places.models import Amphoe, Province, Tambon
from marketplace.producers import services
from marketplace.villages.services import register_village


@pytest.fixture
def village():
    Province.objects.create(code="50", name_th="เชียงใหม่", region="N", sort_key="ช")
    Amphoe.objects.create(code="5001", name_th="เมืองเชียงใหม่", province_id="50", sort_key="ม")
    Tambon.objects.create(code="500108", name_th="สุเทพ", amphoe_id="5001", sort_key="ส")
    return register_village(code="50010811", name_th="บ้านดอยปุย")


@pytest.fixture
def other_village(village):
    return register_village(code="50010812", name_th="บ้านภูพิงค์")


@pytest.fixture
def producer(village):
    return services.register_producer(
        name_th="กลุ่มทอผ้าบ้านดอยปุย", kind="community_group", home_village=village
    )


@pytest.fixture
def make_user():
    def make(email: str, **facts) -> User:
        return User.objects.create_user(email, **facts)

    return make
