# %% [markdown] lang="en"
# # 3. The prompt encoder
#
# The mask decoder reads vectors of 256 numbers, called *tokens*. A click is two numbers and a sign. The
# **prompt encoder** makes one from the other. It is the smallest network of the three, and you can
# follow every number of it.
#
# **The one idea:** a place is said by waves, a meaning is added.

# %% [markdown] lang="ko"
# # 3. 프롬프트 인코더
#
# 마스크 디코더는 수 256개로 된 벡터, 곧 *토큰*을 읽습니다. 클릭은 수 두 개와 부호 하나입니다.
# **프롬프트 인코더**가 하나를 다른 하나로 바꿉니다. 셋 가운데 가장 작은 네트워크라서 모든 수를 따라가
# 볼 수 있습니다.
#
# **하나만 기억하세요.** 자리는 물결로 말하고, 뜻은 더합니다.

# %%
# %matplotlib inline
import numpy as np

from sam_widget.lessons import Study, check, speak
from sam_widget.lessons.views.given_mask import readings_on
from sam_widget.lessons.views.positions import (
    box_tokens,
    position,
    positions_on,
    stripes_of,
    tokens_of,
)

speak("{language}")
study = Study.of("../../photos/coffee.jpg", "mini")

# %% [markdown] lang="en"
# ## Predict
#
# Why not just hand the decoder `x` and `y` as two numbers? Think of what a dot product can do with
# (290, 170) and (291, 170), and what it should do. Then run the cell, and drag over the photo: it is
# bright where a place is encoded like the one under the mouse.

# %% [markdown] lang="ko"
# ## 예상하기
#
# 디코더에 `x`와 `y`를 수 두 개로 그냥 주면 왜 안 될까요? 내적이 (290, 170)과 (291, 170)으로 무엇을
# 할 수 있는지, 무엇을 해야 하는지 생각해 보세요. 그런 다음 셀을 실행하고 사진 위에서 끌어 보세요.
# 마우스 아래의 자리와 비슷하게 부호화되는 곳이 밝습니다.

# %%
positions = positions_on(study, 290, 170)
positions

# %% [markdown] lang="en"
# ## Touch
#
# The bright spot is round, as wide as a few patches, and goes wherever you go. So the dot product of two
# codes says *near* or *far*: just what attention needs. Here is the recipe, in three lines.

# %% [markdown] lang="ko"
# ## 만져 보기
#
# 밝은 점은 둥글고, 패치 몇 개만큼 넓으며, 가는 곳마다 따라옵니다. 그러니 두 부호의 내적은 *가까움*과
# *멂*을 말합니다. 어텐션에 꼭 필요한 것입니다. 만드는 법은 세 줄입니다.

# %%
encoder = study.segmenter.sam.prompt_encoder
matrix = encoder.pe_layer.positional_encoding_gaussian_matrix.numpy()  # (2, 128), random, fixed

side = encoder.side
x, y = study.embedding.frame.to_model([[290, 170]])[0] + 0.5  # in the model's pixels
angle = 2 * np.pi * (2 * np.array([x, y]) / side - 1) @ matrix
code = np.concatenate([np.sin(angle), np.cos(angle)])
print(code.shape, "largest difference to the model's:", abs(code - position(study, 290, 170)).max())

# %% [markdown] lang="en"
# ## Explain: a place, and a meaning
#
# A token is the code of its place **plus** one learnt vector for what it means: *on the thing*, *off the
# thing*, *upper left corner of a box*, *lower right corner*. So the same place can say four things. At
# the end comes one more token, which says *no point*: the model was taught with it.

# %% [markdown] lang="ko"
# ## 설명: 자리와 뜻
#
# 토큰은 자리의 부호**에** 뜻을 나타내는 학습된 벡터 하나를 **더한** 것입니다. *그것 위*, *그것
# 아님*, *상자의 왼쪽 위 모서리*, *오른쪽 아래 모서리*. 그래서 같은 자리가 네 가지를 말할 수 있습니다.
# 끝에는 *점 없음*을 뜻하는 토큰이 하나 더 붙습니다. 모델이 그렇게 배웠기 때문입니다.

# %%
here, no_point = tokens_of(study, (290, 170))
not_here, _ = tokens_of(study, (290, 170), positive=False)
elsewhere, _ = tokens_of(study, (60, 60))
rows = {"on, 290 170": here, "off, 290 170": not_here, "on, 60 60": elsewhere}
stripes_of(rows | {"no point": no_point})

# %% [markdown] lang="en"
# Take the place away, and what is left is the meaning: the same vector for each point that is *on*.

# %% [markdown] lang="ko"
# 자리를 빼면 뜻이 남습니다. *위*를 뜻하는 점이면 모두 같은 벡터입니다.

# %%
meaning = here - position(study, 290, 170)
the_same = elsewhere - position(study, 60, 60)
print("largest difference:", abs(meaning - the_same).max())

# %% [markdown] lang="en"
# A **box** is two such tokens, one for each corner. Take their places away too, and all four meanings lie
# side by side. They are faint beside a place, whose length is always the same: each pair of a sine and
# a cosine gives 1.

# %% [markdown] lang="ko"
# **상자**는 이런 토큰 둘, 모서리마다 하나입니다. 여기서도 자리를 빼면 네 가지 뜻이 나란히 놓입니다.
# 자리 옆에서는 희미합니다. 자리의 길이는 언제나 같습니다. 사인과 코사인의 짝마다 1이 되기 때문입니다.

# %%
upper_left, lower_right = box_tokens(study, (140, 15, 330, 195))
meanings = {
    "on": meaning,
    "off": not_here - position(study, 290, 170),
    "upper left": upper_left - position(study, 140, 15),
    "lower right": lower_right - position(study, 330, 195),
}
for name, vector in meanings.items():
    print(f"{name:12} length {np.linalg.norm(vector):5.2f}")
print(f"a place      length {np.linalg.norm(position(study, 290, 170)):5.2f}, the root of 128")
stripes_of(meanings, most=1)

# %% [markdown] lang="en"
# A **mask** is no token: it has a say at every place. Two small convolutions halve it twice, a third
# makes 256 numbers of each place, and the result is *added* to the photo's embedding. Where no mask is
# given, one learnt vector is added everywhere. Step through: the mask of a click on the cup goes in.

# %% [markdown] lang="ko"
# **마스크**는 토큰이 아닙니다. 모든 자리에서 할 말이 있기 때문입니다. 작은 합성곱 둘이 두 번 반으로
# 줄이고, 셋째 합성곱이 자리마다 수 256개를 만들며, 그 결과를 사진의 임베딩에 *더합니다*. 마스크가 없으면
# 학습된 벡터 하나를 모든 자리에 더합니다. 하나씩 넘겨 보세요. 컵을 클릭해 얻은 마스크가 들어갑니다.

# %%
cup = study.ask((290, 170)).logits[1]
readings_on(study, cup)

# %% [markdown] lang="en"
# **Words** come in lesson 8.
#
# ## Exercises
#
# **3.1** Write the code yourself: `encode(xy, matrix)`, where `xy` is a place with both numbers in 0..1,
# and `matrix` is (2, n). It returns 2 n numbers, sines first.

# %% [markdown] lang="ko"
# **낱말**은 8강에서 다룹니다.
#
# ## 연습
#
# **3.1** 부호를 직접 써 보세요. `encode(xy, matrix)`에서 `xy`는 두 수가 모두 0..1인 자리이고
# `matrix`는 (2, n)입니다. 수 2 n개를 돌려주며, 사인이 먼저입니다.


# %%
def encode(xy, matrix):
    return ...


check("3.1", encode)

# %% [markdown] lang="en"
# **3.2** You give the model three points and a box. How many tokens does the prompt encoder make? (With a
# box, the one for *no point* is left out.)

# %% [markdown] lang="ko"
# **3.2** 모델에 점 셋과 상자 하나를 줍니다. 프롬프트 인코더는 토큰을 몇 개 만들까요? (상자가 있으면
# *점 없음* 토큰은 빠집니다.)

# %%
answer = ...
check("3.2", answer)

# %% [markdown] lang="en"
# **3.3** What is the cosine between the *on* token and the *off* token of one place, nearer to 1, to 0, or to
# -1? Compute it from `here` and `not_here`, and answer with the number.

# %% [markdown] lang="ko"
# **3.3** 한 자리의 *위* 토큰과 *아님* 토큰 사이의 코사인은 1, 0, -1 가운데 무엇에 가까울까요? `here`와
# `not_here`로 계산해 수로 답하세요.

# %%
answer = ...
check("3.3", answer)

# %% [markdown] lang="en"
# ## What was measured
#
# How sharp is a place? From the middle of the photo to the right, the cosine falls; here is how far one
# has to go until half of it is gone, in pixels of the photo.

# %% [markdown] lang="ko"
# ## 무엇을 쟀나
#
# 자리는 얼마나 또렷할까요? 사진 한가운데에서 오른쪽으로 가면 코사인이 줄어듭니다. 절반이 사라질
# 때까지 사진에서 몇 픽셀을 가야 하는지 쟀습니다.

# %%
middle = position(study, 300, 200)
cosines = [middle @ position(study, 300 + step, 200) / (middle @ middle) for step in range(200)]
print("half after", int(np.argmax(np.array(cosines) < 0.5)), "px of", study.pixels.shape[1])
