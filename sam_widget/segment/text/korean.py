"""Korean nouns for words that the engine of this package was taught. A table, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ENGLISH: Mapping[str, str] = {
    "사람": "person", "피부": "skin", "머리": "hair", "머리카락": "hair", "신발": "shoes",
    "가방": "bag", "바지": "pants", "청바지": "jeans", "원피스": "dress", "드레스": "dress",
    "치마": "skirt", "코트": "coat", "외투": "coat", "재킷": "jacket", "셔츠": "shirt",
    "티셔츠": "t-shirt", "블라우스": "blouse", "스웨터": "sweater", "모자": "hat",
    "선글라스": "sunglasses", "안경": "glasses", "벨트": "belt", "허리띠": "belt",
    "목도리": "scarf", "스카프": "scarf", "장갑": "gloves", "양말": "socks", "부츠": "boots",
    "샌들": "sandals", "운동화": "sneakers", "반바지": "shorts", "정장": "suit",
    "넥타이": "tie", "손목시계": "watch", "팔찌": "bracelet", "목걸이": "necklace",
    "지갑": "wallet", "자동차": "car", "차": "car", "트럭": "truck", "버스": "bus",
    "기차": "train", "비행기": "airplane", "배": "boat", "자전거": "bicycle",
    "오토바이": "motorcycle", "신호등": "traffic light", "표지판": "stop sign",
    "개": "dog", "강아지": "dog", "고양이": "cat", "새": "bird", "말": "horse", "양": "sheep",
    "소": "cow", "젖소": "cow", "돼지": "pig", "코끼리": "elephant", "곰": "bear",
    "얼룩말": "zebra", "기린": "giraffe", "사슴": "deer", "호랑이": "tiger", "수달": "otter",
    "거북": "turtle", "거북이": "turtle", "원숭이": "rhesus monkey", "병": "bottle",
    "컵": "cup", "머그": "coffee mug", "머그컵": "coffee mug", "와인잔": "wine glass",
    "포크": "fork", "칼": "knife", "나이프": "knife", "숟가락": "spoon", "그릇": "bowl",
    "접시": "plate", "주걱": "spatula", "뒤집개": "spatula", "프라이팬": "skillet",
    "믹서기": "blender", "전자레인지": "microwave", "오븐": "oven", "토스터": "toaster",
    "냉장고": "refrigerator", "식기세척기": "dishwasher", "싱크대": "sink", "바나나": "banana",
    "사과": "apple", "오렌지": "orange", "귤": "mandarin", "샌드위치": "sandwich",
    "브로콜리": "broccoli", "당근": "carrot", "피자": "pizza", "도넛": "donut",
    "케이크": "cake", "빵": "bread", "버섯": "mushroom", "의자": "chair", "소파": "couch",
    "화분": "potted plant", "침대": "bed", "식탁": "dining table", "탁자": "table",
    "변기": "toilet", "텔레비전": "tv", "노트북": "laptop", "마우스": "mouse",
    "리모컨": "remote", "키보드": "keyboard", "휴대전화": "cell phone", "핸드폰": "cell phone",
    "책": "book", "시계": "clock", "꽃병": "vase", "가위": "scissors", "곰인형": "teddy bear",
    "칫솔": "toothbrush", "우산": "umbrella", "배낭": "backpack", "핸드백": "handbag",
    "여행가방": "suitcase", "벤치": "bench", "연": "kite", "공": "sports ball",
    "스케이트보드": "skateboard", "나무": "tree", "꽃": "flower", "잎": "leaf", "풀": "grass",
    "잔디": "grass", "하늘": "sky", "산": "mountain", "바다": "sea", "물": "water",
    "눈": "snow", "길": "road", "도로": "road", "건물": "building", "집": "house",
    "지붕": "roof", "창문": "window", "창": "window", "문": "door", "벽": "wall",
    "바닥": "floor", "천장": "ceiling", "울타리": "fence", "커튼": "curtain",
    "쓰레기": "waste", "쓰레기통": "bin", "소화기": "fire extinguisher",
    "자판기": "vending machine", "세포핵": "nucleus",
}  # fmt: skip
