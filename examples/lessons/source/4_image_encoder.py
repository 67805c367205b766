# %% [markdown] lang="en"
# # 4. The image encoder
#
# It is the large, slow part: a photo goes in, and a small map of long vectors comes out, the *embedding*. Every
# click is answered from that map; nobody looks at the photo again. The paper's encoder is a **vision transformer**
# (ViT), which had learnt to guess hidden patches before it learnt to segment.
#
# **The one idea:** patches look at each other until each knows what it is a part of.

# %% [markdown] lang="ko"
# # 4. 이미지 인코더
#
# 크고 느린 부분입니다. 사진이 들어가고, 긴 벡터들의 작은 지도인 *임베딩*이 나옵니다. 모든 클릭은 그 지도에서
# 답합니다. 사진을 다시 보는 일은 없습니다. 논문의 인코더는 **비전 트랜스포머**(ViT)이며, 분할을 배우기 전에 가려진
# 패치를 짐작하는 법을 먼저 배웠습니다.
#
# **하나만 기억하세요.** 패치들은 자신이 무엇의 부분인지 알 때까지 서로를 봅니다.

# %%
# %matplotlib inline
from matplotlib import pyplot

from sam_widget.lessons import Study, check, speak
from sam_widget.lessons.views.embedding import components, embeddings_on
from sam_widget.lessons.views.masking import crops, guesses_on, taught
from sam_widget.lessons.views.patches import Looks, looks_on

speak("{language}")
cat = Study.of("../../photos/chelsea.jpg", "small")
coffee = Study.of("../../photos/coffee.jpg", "small")

# %% [markdown] lang="en"
# ## Predict
#
# The encoder of `small` is a smaller cousin of ViT, which has windows too. Take one patch on the cat's left eye. Of the
# patches that it may look at, which will it look at most? And if it might look everywhere: where else?

# %% [markdown] lang="ko"
# ## 예상하기
#
# `small`의 인코더는 ViT의 작은 사촌이며 창도 있습니다. 고양이 왼쪽 눈의 패치 하나를 고릅시다. 볼 수 있는 패치 가운데
# 무엇을 가장 많이 볼까요? 어디든 볼 수 있다면 또 어디를 볼까요?

# %%
looks = Looks.of(cat)
looks_on(cat, looks, 182, 125)

# %% [markdown] lang="en"
# ## Touch
#
# Move the mouse over the photo, and step between the three frames:
#
# 1. the **patch grid**: the photo in squares, each of which becomes one vector;
# 2. **attention in a window**: what the model's own layer reads, cut off where the window ends. It is cheap: 14 x 14
#    patches, whatever the photo's size;
# 3. **a look everywhere**. `small` has no layer that does; the paper's ViT has four of them. So this frame shows what
#    such a layer starts from: how alike the vectors are.

# %% [markdown] lang="ko"
# ## 만져 보기
#
# 사진 위에서 마우스를 움직이고 세 장면을 넘겨 보세요.
#
# 1. **패치 격자**: 사진을 나눈 정사각형이며, 하나가 벡터 하나가 됩니다.
# 2. **창 안의 어텐션**: 모델의 층이 실제로 읽는 것이고, 창이 끝나는 곳에서 끊깁니다. 사진 크기와 관계없이 14 x 14
#    패치라서 값이 쌉니다.
# 3. **어디든 보기**. `small`에는 그런 층이 없고, 논문의 ViT에는 넷이 있습니다. 그래서 이 장면은 그런 층의 출발점인,
#    벡터들이 얼마나 비슷한지를 보여 줍니다.

# %% [markdown] lang="en"
# ## Explain: what comes out
#
# 256 numbers at each place: too many to see. Their three main directions become red, green and blue, the same for both
# photos. Like colours are like vectors: things stand out before anybody has clicked.

# %% [markdown] lang="ko"
# ## 설명: 무엇이 나오나
#
# 자리마다 수 256개는 보기에 너무 많습니다. 가장 중요한 세 방향을 빨강, 초록, 파랑으로 삼되 두 사진에 똑같이 씁니다. 비슷한
# 색은 비슷한 벡터입니다. 누가 클릭하기도 전에 사물이 드러납니다.

# %%
embeddings_on(cat, coffee)

# %% [markdown] lang="en"
# ## Where it learnt to see: MAE
#
# Before any mask, the paper's ViT was a **masked autoencoder** (He et al. 2022): three quarters of the patches are hidden,
# and it guesses them. No labels are needed, so all photos of the world are its school. Here is one so small that in
# some seconds it learns the colours of one photo, and hardly its shapes: the paper's learnt for days. The one knob is how
# much is hidden.

# %% [markdown] lang="ko"
# ## 보는 법을 배운 곳: MAE
#
# 마스크를 보기 전에 논문의 ViT는 **마스크드 오토인코더**였습니다(He et al. 2022). 패치의 4분의 3을 가리고 그것을
# 짐작합니다. 라벨이 필요 없으므로 세상의 모든 사진이 교실입니다. 여기서는 아주 작은 것을 씁니다. 몇 초
# 만에 사진 한 장의 색을 배우고 모양은 거의 배우지 못합니다. 논문의 것은 며칠을 배웠습니다. 손잡이는 하나, 얼마나 가리느냐입니다.

# %%
mae, losses = taught([cat.pixels], steps=400)
square = crops([cat.pixels], 1, seed=5)[0]
guesses_on(mae, square)

# %%
pyplot.figure(figsize=(6, 2))
pyplot.plot(losses)
pyplot.xlabel("step")
pyplot.show()

# %% [markdown] lang="en"
# What is hidden can be guessed from what is seen as long as enough is seen. At a quarter the task is dull: copy the
# neighbours. At nine tenths nobody can know. In between one has to know what things look like.
#
# ## Exercises
#
# **4.1** The paper's ViT gets a photo of 1024 x 1024 pixels in patches of 16 x 16. How many patches are there?

# %% [markdown] lang="ko"
# 보이는 것이 충분하면 가려진 것을 짐작할 수 있습니다. 4분의 1만 가리면 이웃을 베끼면 되는 지루한 과제입니다. 10분의 9를
# 가리면 아무도 알 수 없습니다. 그 사이에서는 사물이 어떻게 생겼는지 알아야 합니다.
#
# ## 연습
#
# **4.1** 논문의 ViT는 1024 x 1024 픽셀 사진을 16 x 16 패치로 받습니다. 패치는 몇 개일까요?

# %%
answer = ...
check("4.1", answer)

# %% [markdown] lang="en"
# **4.2** If all patches look at all, how many pairs are there, compared with windows of 14 x 14 in which each looks at its
# window alone? Answer with the ratio, for the 64 x 64 patches of 4.1 (padding of the last windows left aside).

# %% [markdown] lang="ko"
# **4.2** 모든 패치가 모든 패치를 볼 때의 쌍의 수는, 14 x 14 창에서 저마다 제 창만 볼 때의 몇 배일까요? 4.1의 64 x 64
# 패치에서 비율로 답하세요(마지막 창의 덧댐은 무시합니다).

# %%
answer = ...
check("4.2", answer)

# %% [markdown] lang="en"
# **4.3** Find two places on the cat's photo that are alike to the model: a cosine of 0.8 or more between their vectors, and
# at least 100 px apart. Answer with `((x0, y0), (x1, y1))`; the second frame of the embedding tells where to look.

# %% [markdown] lang="ko"
# **4.3** 고양이 사진에서 모델에게 비슷한 두 곳을 찾으세요. 두 벡터의 코사인이 0.8 이상이고 100픽셀 넘게 떨어져 있어야 합니다.
# `((x0, y0), (x1, y1))`로 답하세요. 어디를 볼지는 임베딩의 둘째 장면이 알려 줍니다.

# %%
answer = ...
check("4.3", answer if answer is ... else (looks, cat.pixels.shape[:2], answer))

# %% [markdown] lang="en"
# ## What was measured
#
# How much of the embedding do three colours show? Its variance along the three main directions, of all 256: more than
# one would think, and far from all.

# %% [markdown] lang="ko"
# ## 무엇을 쟀나
#
# 세 가지 색이 임베딩의 얼마를 보여 줄까요? 256개 방향 전체의 분산 가운데 주된 세 방향이 차지하는 몫입니다. 생각보다 많고,
# 전부와는 거리가 멉니다.

# %%
whole = cat.cropped(cat.embedding.features.embedding[0].numpy())
print(f"{components(cat)[0].var((0, 1)).sum() / whole.var((1, 2)).sum():.0%}")
