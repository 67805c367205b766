# %% [markdown] lang="en"
# # 7. Everything, and the data engine
#
# Who drew the billion masks that Segment Anything learnt from? Hardly anybody. People annotated with the model, the
# model learnt from it and annotated more by itself, until at last it clicked everywhere alone, and filters threw away
# what was bad.
#
# **The one idea:** a model that says how sure it is can make its own school books.

# %% [markdown] lang="ko"
# # 7. 모두 찾기, 그리고 데이터 엔진
#
# Segment Anything이 배운 마스크 십억 개는 누가 그렸을까요? 거의 아무도 그리지 않았습니다. 사람이 모델과 함께 라벨링하면
# 모델이 그것을 배워 더 많이 스스로 라벨링했고, 마침내 혼자 구석구석 클릭한 다음 나쁜 것을 체로 걸러 냈습니다.
#
# **하나만 기억하세요.** 얼마나 확신하는지 말할 줄 아는 모델은 제 교과서를 스스로 만들 수 있습니다.

# %%
import json
import tempfile
from pathlib import Path

import numpy as np

from sam_widget import Annotated, Search, find_everything, load_model, write_annotations
from sam_widget.data_engine.loop import Plan, turn
from sam_widget.data_engine.semi import Confident
from sam_widget.lessons import Study, check, speak
from sam_widget.lessons.threads import one_thread
from sam_widget.lessons.views.grid import Sieve, sieve_on
from sam_widget.lessons.views.turning import wheel_on
from sam_widget.training.data.demo import DrawnPhotos
from sam_widget.training.few_photos import Course

speak("{language}")
study = Study.of("../../photos/coffee.jpg", "mini")

# %% [markdown] lang="en"
# ## Predict
#
# The photo gets 12 x 12 clicks, each with three answers: 432 masks. How many different, good ones are among them? Guess,
# then step through.

# %% [markdown] lang="ko"
# ## 예상하기
#
# 사진을 12 x 12번 클릭하고 클릭마다 답이 셋이면 마스크는 432개입니다. 그 가운데 서로 다르고 좋은 것은 몇 개일까요? 짐작한 다음
# 넘겨 보세요.

# %%
sieve = Sieve.of(study)
sieve_on(study, sieve)

# %% [markdown] lang="en"
# ## Touch: three sieves
#
# 1. **Predicted IoU**: the model itself expects a poor mask.
# 2. **Stability score**: cut the mask a little higher, and a little lower. A good one hardly changes.
# 3. **Non-maximum suppression**: of two that cover the same box, the surer one stays.

# %% [markdown] lang="ko"
# ## 만져 보기: 체 세 개
#
# 1. **예측 IoU**: 모델 스스로 나쁜 마스크라고 여깁니다.
# 2. **안정성 점수**: 마스크를 조금 높게, 조금 낮게 잘라 봅니다. 좋은 것은 거의 변하지 않습니다.
# 3. **비최대 억제**: 같은 상자를 덮는 둘 가운데 더 확실한 것이 남습니다.

# %%
for name, left in zip(["all", "predicted IoU", "stability", "doubles"], sieve.counts):
    print(f"{name:14} {left:4}  {'#' * (left // 6)}")

# %% [markdown] lang="en"
# ## Explain: three stages
#
# The paper's data engine (section 4) turned like a wheel:
#
# - **assisted-manual**: people click, the model draws. 120 000 photos, 4.3 million masks; a mask took 34 seconds at the
#   beginning, and 14 at the end, as the model was retrained six times;
# - **semi-automatic**: the model fills in what it is sure of, people add what it has missed: 5.9 million more;
# - **fully automatic**: nobody clicks. A grid of 32 x 32, the three sieves: 1.1 billion masks on 11 million photos.
#
# Here the wheel turns once, on pictures that are drawn on the fly, with a simulated annotator whose seconds are an
# assumption. It is far too short to make the model better; look at what each round costs and brings.

# %% [markdown] lang="ko"
# ## 설명: 세 단계
#
# 논문의 데이터 엔진(4절)은 바퀴처럼 돌았습니다.
#
# - **보조 수동**: 사람이 클릭하고 모델이 그립니다. 사진 12만 장, 마스크 430만 개. 처음에는 마스크 하나에 34초, 모델을 여섯
#   번 다시 가르친 끝에는 14초가 걸렸습니다.
# - **반자동**: 확실한 것은 모델이 채우고, 놓친 것은 사람이 더합니다. 590만 개가 늘었습니다.
# - **완전 자동**: 아무도 클릭하지 않습니다. 32 x 32 격자와 체 세 개로, 사진 1,100만 장에서 마스크 11억 개.
#
# 여기서는 즉석에서 그린 그림으로 바퀴를 한 번 돌립니다. 사람 대신 모의 라벨러가 클릭하며, 걸린 시간은 가정입니다. 모델이 나아지기에는
# 너무 짧습니다. 바퀴마다 무엇이 들고 무엇을 얻는지 보세요.

# %%
photos = DrawnPhotos(24, side=128)
model = load_model("mini", "cpu", "float32")
model.side = 128  # px: the pictures are no larger
plan = Plan(
    assisted=(3, 3),
    semi=(3,),
    automatic=3,
    points=6,
    held_out=4,
    confident=Confident(points=6),
    course=Course(steps=6),
)
with tempfile.TemporaryDirectory() as folder, one_thread():
    log = turn(photos, folder, model, plan)

# %%
wheel_on(log)

# %% [markdown] lang="en"
# ## SA-1B's format
#
# One JSON a photo. A mask is *run lengths*: how many pixels off, on, off, on, column by column, packed into a text. With it
# stand the click that found it, its predicted IoU, its stability score. What does not?

# %% [markdown] lang="ko"
# ## SA-1B의 형식
#
# 사진마다 JSON 하나입니다. 마스크는 *런 길이*입니다. 열을 따라가며 꺼짐, 켜짐, 꺼짐, 켜짐이 몇 픽셀씩인지를 글자로 묶은
# 것입니다. 그 마스크를 찾은 클릭, 예측 IoU, 안정성 점수가 함께 있습니다. 없는 것은 무엇일까요?

# %%
search = Search.suited(study.segmenter.thresholds, points_per_side=12)
found = find_everything("mini", study.pixels, search, progress=False)
with tempfile.TemporaryDirectory() as folder:
    write_annotations([Annotated("coffee.jpg", (600, 400), found)], folder, "sa1b")
    written = json.loads(next(Path(folder).glob("*.json")).read_text())
print(len(written["annotations"]), "masks of", written["image"]["file_name"])
{name: str(value)[:60] for name, value in written["annotations"][0].items()}

# %% [markdown] lang="en"
# ## Exercises
#
# **7.1** In the last stage a grid of 32 x 32 clicks is laid over a photo. How many masks does the decoder draw for it, before any
# filter?

# %% [markdown] lang="ko"
# ## 연습
#
# **7.1** 마지막 단계에서는 사진에 32 x 32 클릭의 격자를 놓습니다. 체로 거르기 전에 디코더는 마스크를 몇 개 그릴까요?

# %%
answer = ...
check("7.1", answer)

# %% [markdown] lang="en"
# **7.2** Write `stability(logits)`: the IoU of the mask cut at +1 and the mask cut at -1. (The first lies in the second.)

# %% [markdown] lang="ko"
# **7.2** `stability(logits)`를 쓰세요. +1에서 자른 마스크와 -1에서 자른 마스크의 IoU입니다. (앞의 것은 뒤의 것 안에 있습니다.)


# %%
def stability(logits):
    return ...


check("7.2", stability)

# %% [markdown] lang="en"
# **7.3** What does no mask of SA-1B have, though each in COCO has it? One word.

# %% [markdown] lang="ko"
# **7.3** COCO의 마스크에는 모두 있지만 SA-1B의 마스크에는 하나도 없는 것은 무엇일까요? 한 낱말로 쓰세요.

# %%
answer = ...
check("7.3", answer)

# %% [markdown] lang="en"
# ## What was measured
#
# You have seen how many of 432 masks stay. Is a finer grid worth it? Four times the clicks, and this many things more:

# %% [markdown] lang="ko"
# ## 무엇을 쟀나
#
# 마스크 432개 가운데 몇 개가 남는지 보았습니다. 격자를 촘촘히 하면 나을까요? 클릭을 네 배로 하면 이만큼 더 찾습니다.

# %%
for side in (6, 12, 24):
    print(f"{side * side:4} clicks: {Sieve.of(study, side).counts[-1]} things")
