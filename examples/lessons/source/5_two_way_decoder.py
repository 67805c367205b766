# %% [markdown] lang="en"
# # 5. The two-way decoder
#
# An embedding and a few tokens go in, a mask comes out. Most people who are asked to write that write
# a transformer layer and a convolution. We begin there, see why it does not run, mend it, and then
# look at what SAM does instead.
#
# **The one idea:** the tokens read the image, *and the image reads the tokens*.

# %% [markdown] lang="ko"
# # 5. 양방향 디코더
#
# 임베딩과 토큰 몇 개가 들어가고 마스크가 나옵니다. 직접 써 보라고 하면 대부분 트랜스포머 층 하나와
# 합성곱 하나를 씁니다. 거기에서 시작해 왜 실행되지 않는지 보고, 고친 다음, SAM은 어떻게 다르게
# 하는지 살펴봅니다.
#
# **하나만 기억하세요.** 토큰이 이미지를 읽고, *이미지도 토큰을 읽습니다*.

# %%
# %matplotlib inline
import torch
from torch import nn
from torch.nn import functional

from sam_widget.lessons import Study, check, speak
from sam_widget.lessons.decoders import Clicks, TwoWayDecoder, curves_of, judged, train
from sam_widget.lessons.views.attention import attention_on, steps_off
from sam_widget.lessons.views.kernels import kernels_on

speak("{language}")
study = Study.of("../../photos/coffee.jpg", "mini")

# %% [markdown] lang="en"
# ## Predict
#
# Here is a decoder as it stands on many a slide. Read it, and find what is wrong before you run the
# next cell: there are at least four faults. `image` is (1, 256, 32, 32), `prompts` are (B, 2, 256).

# %% [markdown] lang="ko"
# ## 예상하기
#
# 많은 슬라이드에 실려 있는 디코더입니다. 다음 셀을 실행하기 전에 읽으면서 무엇이 틀렸는지 찾아
# 보세요. 적어도 네 군데입니다. `image`는 (1, 256, 32, 32), `prompts`는 (B, 2, 256)입니다.


# %%
class Slide(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.TransformerDecoderLayer(d_model=256, nhead=8)
        self.head = nn.Conv2d(256, 1, 1)

    def forward(self, image, prompts):
        return self.head(self.layer(image))


try:
    Slide()(torch.randn(1, 256, 32, 32), torch.randn(4, 2, 256))
except Exception as error:
    print(type(error).__name__, error)

# %% [markdown] lang="en"
# That is only the first fault. A *decoder* layer reads a **memory**: here that must be the prompt, or
# the click never gets in. Then: the layer wants a sequence, not a map; it wants the batch first only if
# it is told so; the convolution wants a map again; attention does not know places unless they are
# added; and 32 x 32 is no mask of a photo. Mended:

# %% [markdown] lang="ko"
# 이것은 첫 번째 잘못일 뿐입니다. *디코더* 층은 **메모리**를 읽습니다. 여기서는 프롬프트가 메모리여야
# 하며, 그렇지 않으면 클릭이 들어갈 길이 없습니다. 또 층은 지도가 아니라 수열을 받고, 배치가 앞이라고
# 말해 주어야 하며, 합성곱은 다시 지도를 받습니다. 어텐션은 더해 주지 않으면 자리를 모르고, 32 x 32는
# 사진의 마스크가 아닙니다. 고치면 이렇습니다.


# %%
class Simple(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.TransformerDecoderLayer(256, 8, 256, dropout=0.0, batch_first=True)
        self.head = nn.Conv2d(256, 1, 1)

    def forward(self, image, positions, prompts):
        pixels = (image + positions).flatten(2).mT  # (1, H*W, 256)
        pixels = self.layer(pixels.expand(len(prompts), -1, -1), prompts)
        logits = self.head(pixels.mT.unflatten(2, image.shape[-2:]))  # (B, 1, H, W)
        return functional.interpolate(logits, scale_factor=4.0, mode="bilinear")[:, 0]


# %% [markdown] lang="en"
# ## Touch: who looks where
#
# SAM's decoder has tokens of its own, one for each mask, that learn what to look for. Seven steps: in
# each of two blocks tokens look at each other, read the image, and the image reads them; then a last
# look. Rows are the three readings, columns the heads. Step through the tokens with the slider.

# %% [markdown] lang="ko"
# ## 만져 보기: 누가 어디를 보나
#
# SAM의 디코더에는 마스크마다 자기 토큰이 있어 무엇을 볼지 배웁니다. 단계는 일곱입니다. 두 블록에서
# 저마다 토큰끼리 보고, 이미지를 읽고, 이미지가 토큰을 읽습니다. 그리고 끝으로 한 번 더 읽습니다.
# 행은 세 번의 읽기, 열은 헤드입니다. 슬라이더로 토큰을 하나씩 넘겨 보세요.

# %%
attention_on(study, 290, 170)

# %% [markdown] lang="en"
# Now leave one step out at a time. Blue is the mask with all of them, orange without the one. Guess
# first: which step can be missed, and which can not?

# %% [markdown] lang="ko"
# 이제 한 단계씩 빼 봅니다. 파랑은 모두 있는 마스크, 주황은 하나를 뺀 마스크입니다. 먼저 짐작해
# 보세요. 없어도 되는 단계는 무엇이고, 없으면 안 되는 단계는 무엇일까요?

# %%
steps_off(study, 290, 170)

# %% [markdown] lang="en"
# ## Explain: a mask is a sum
#
# The image, which has read the tokens, is made four times finer: 32 maps. A small network turns the
# mask's token into 32 numbers, the **kernel**. The mask is their product, and that is all. Play: the
# weightiest map first; green adds, red takes away.

# %% [markdown] lang="ko"
# ## 설명하기: 마스크는 합입니다
#
# 토큰을 읽은 이미지를 네 배 곱게 만들면 지도 32장이 됩니다. 작은 네트워크가 마스크 토큰을 수 32개,
# 곧 **커널**로 바꿉니다. 마스크는 둘의 곱이고, 그것이 전부입니다. 재생해 보세요. 가장 무거운
# 지도부터 더합니다. 초록은 더하고 빨강은 뺍니다.

# %%
kernels_on(study, 290, 170)

# %% [markdown] lang="en"
# ## Train both
#
# The same photos, seen once by `mini`; the same clicks, in the same order; as many steps. The teacher
# is `mini` itself: things of its own that do not overlap. Every fourth click is kept back.
# With `STEPS = 100` each takes about a quarter of a minute; give it 600 if you have the time.

# %% [markdown] lang="ko"
# ## 둘 다 훈련하기
#
# 사진은 `mini`가 한 번 본 같은 사진, 클릭도 같은 순서의 같은 클릭, 걸음 수도 같습니다. 선생은 `mini`
# 자신이며, 서로 겹치지 않는 것들만 씁니다. 클릭 넷 중 하나는 남겨 둡니다. `STEPS = 100`이면 저마다
# 15초쯤 걸립니다. 시간이 있다면 600으로 해 보세요.

# %%
STEPS = 100
names = ["astronaut", "chelsea", "coffee"]
studies = [Study.of(f"../../photos/{name}.jpg", "mini") for name in names]
learnt, kept = zip(*[Clicks.of(each).parted() for each in studies], strict=True)

decoders, went = {}, {}
for kind in (Simple, TwoWayDecoder):
    torch.manual_seed(0)
    decoders[kind.__name__] = kind()
    went[kind.__name__] = train(decoders[kind.__name__], learnt, STEPS)
curves_of(went)

# %%
for name, decoder in decoders.items():
    seconds, iou = went[name].seconds, judged(decoder, kept).mean()
    print(f"{name:14} {seconds:5.1f} s, IoU {iou:.2f} on clicks that it has not seen")

# %% [markdown] lang="en"
# Do not be surprised if the simple one is ahead, or level: it has half the weights and its picture
# has one way to the mask, while the two-way decoder must first learn a kernel *and* what to multiply
# it with. What the second way buys is elsewhere. Each pixel of the simple one looks at all others
# (its cost grows with the square of the picture), where SAM's look at a handful of tokens; and a
# token can be *asked*: three masks, and how good they are, from one reading. To see it win in
# quality as well it takes what the paper gave it: many photos, many clicks, many steps.

# %% [markdown] lang="ko"
# 단순한 쪽이 앞서거나 비슷해도 놀라지 마세요. 가중치가 절반이고 마스크까지 가는 길이 하나뿐입니다.
# 양방향 디코더는 커널과 *그것을 곱할 지도*를 함께 배워야 합니다. 두 번째 방향이 주는 것은 다른 데
# 있습니다. 단순한 쪽은 픽셀마다 다른 모든 픽셀을 보지만(비용이 사진 크기의 제곱으로 늘어납니다) SAM의
# 픽셀은 토큰 몇 개만 봅니다. 그리고 토큰에게는 *물어볼* 수 있습니다. 한 번 읽어서 마스크 셋과 그것이
# 얼마나 좋은지를 얻습니다. 품질에서도 이기려면 논문이 준 것, 곧 많은 사진과 많은 클릭과 많은 걸음이
# 필요합니다.

# %% [markdown] lang="en"
# ## Exercise 5.1
#
# An embedding is (1, 256, 32, 32). What shape must it have to go into a layer with
# `batch_first=True`?

# %% [markdown] lang="ko"
# ## 연습 5.1
#
# 임베딩은 (1, 256, 32, 32)입니다. `batch_first=True`인 층에 넣으려면 어떤 모양이어야 할까요?

# %%
answer = ...
check("5.1", answer)

# %% [markdown] lang="en"
# ## Exercise 5.2
#
# Write a function that takes a kernel (32,) and features (32, h, w), as arrays, and returns the
# mask's logits (h, w).

# %% [markdown] lang="ko"
# ## 연습 5.2
#
# 커널 (32,)와 특징 (32, h, w)를 배열로 받아 마스크의 로짓 (h, w)를 돌려주는 함수를 써 보세요.

# %%
answer = ...
check("5.2", answer)

# %% [markdown] lang="en"
# ## Exercise 5.3
#
# Without one of the seven steps this mask changes most. Which? Give the number of its frame above,
# the first being 1.

# %% [markdown] lang="ko"
# ## 연습 5.3
#
# 일곱 단계 가운데 하나를 빼면 이 마스크가 가장 많이 달라집니다. 어느 것일까요? 위에서 그 장면의 번호를
# 쓰세요. 첫 장면이 1입니다.

# %%
answer = ...
check("5.3", answer)

# %% [markdown] lang="en"
# ## What was measured
#
# The table above is your own machine's. It compares two beginnings, not two finished models: three
# photos, a few dozen clicks each, a teacher that is itself a small model, and clicks kept back from
# things that *were* seen. What this cannot say is how either does on a photo that it has never seen.

# %% [markdown] lang="ko"
# ## 무엇을 쟀나
#
# 위의 표는 여러분의 컴퓨터에서 잰 것입니다. 완성된 두 모델이 아니라 두 시작을 견준 것입니다. 사진
# 세 장, 저마다 클릭 수십 개, 선생도 작은 모델이며, 남겨 둔 클릭도 *이미 본* 것들 위에 있습니다. 처음
# 보는 사진에서 어떨지는 이것으로 알 수 없습니다.
