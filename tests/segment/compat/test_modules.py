"""The networks by themselves, as a training loop written for segment_anything calls them."""

from __future__ import annotations

import copy
import inspect
import io

import pytest
import torch
import torch.nn.functional as F

import sam_widget
from sam_widget.segment import compat
from tests.segment.predictors import LABELS, POINTS, same

SIDE = 256


def close(theirs: torch.Tensor, ours: torch.Tensor, tolerance: float = 1e-4) -> None:
    assert ours.shape == theirs.shape
    assert ours.dtype == theirs.dtype
    if not theirs.numel():
        return
    reach = (theirs.max() - theirs.min()).clamp(min=1)
    assert (ours - theirs).abs().max() < tolerance * reach


ATTRIBUTES = [
    "mask_threshold", "image_format", "device", "training", "image_encoder.img_size",
    "prompt_encoder.embed_dim", "prompt_encoder.image_embedding_size",
    "prompt_encoder.input_image_size", "prompt_encoder.mask_input_size",
    "prompt_encoder.num_point_embeddings", "image_encoder.blocks.0.window_size",
    "image_encoder.blocks.0.attn.num_heads", "image_encoder.blocks.0.attn.qkv.in_features",
]  # fmt: skip
TENSORS = [
    "pixel_mean", "pixel_std", "image_encoder.pos_embed", "mask_decoder.mask_tokens.weight",
    "prompt_encoder.pe_layer.positional_encoding_gaussian_matrix",
    "image_encoder.patch_embed.proj.weight", "image_encoder.neck.0.weight",
]  # fmt: skip


def at(model, path):
    for name in path.split("."):
        model = model[int(name)] if name.isdigit() else getattr(model, name)
    return model


@pytest.mark.parametrize("path", ATTRIBUTES)
def test_an_attribute(pair, path):
    assert at(pair[1], path) == at(pair[0], path)


@pytest.mark.parametrize("path", TENSORS)
def test_a_tensor_attribute(pair, path):
    close(at(pair[0], path), at(pair[1], path))


def names(function):
    return [name for name in inspect.signature(function).parameters if name != "padded"]


CALLED = [
    "forward", "preprocess", "postprocess_masks", "prompt_encoder.forward",
    "prompt_encoder.get_dense_pe", "mask_decoder.forward", "mask_decoder.predict_masks",
    "image_encoder.forward",
]  # fmt: skip


@pytest.mark.parametrize("path", CALLED)
def test_arguments_have_their_names_in_their_order(pair, path):
    theirs, ours = names(at(pair[0], path)), names(at(pair[1], path))
    if path in {"preprocess", "image_encoder.forward"}:  # of one tensor, whose name nobody gives
        assert len(ours) == len(theirs) == 1
    else:
        assert ours == theirs


@pytest.mark.parametrize(
    "name",
    ["SamPredictor", "SamAutomaticMaskGenerator", "build_sam", "build_sam_vit_b"],
)
def test_the_constructors_arguments(reference, name):
    theirs, ours = (names(getattr(each, name)) for each in (reference, compat))
    assert ours == theirs or name.startswith("build")
    assert "checkpoint" in ours or not name.startswith("build")


METHODS = {
    "SamPredictor": [
        "set_image", "set_torch_image", "predict", "predict_torch", "get_image_embedding",
        "reset_image",
    ],
    "SamAutomaticMaskGenerator": ["generate", "postprocess_small_regions"],
}  # fmt: skip


@pytest.mark.parametrize("name", METHODS)
def test_the_methods_arguments(reference, name):
    for method in METHODS[name]:
        theirs, ours = (
            inspect.signature(getattr(getattr(each, name), method)) for each in (reference, compat)
        )
        assert list(ours.parameters) == list(theirs.parameters)
        for key, parameter in theirs.parameters.items():
            assert ours.parameters[key].default == parameter.default, (method, key)


def test_resizing_has_their_arguments(reference):
    theirs, ours = reference.predictor.ResizeLongestSide, compat.ResizeLongestSide
    for method, function in inspect.getmembers(theirs, inspect.isfunction):
        assert names(getattr(ours, method)) == names(function), method


def pictures(count=2):
    generator = torch.Generator().manual_seed(1)
    return torch.randint(0, 256, (count, 3, 200, SIDE), generator=generator)


def test_preprocessing_with_and_without_a_batch(pair):
    theirs, ours = pair
    for given in (pictures(), pictures()[0], pictures().float(), pictures().to(torch.uint8)):
        close(theirs.preprocess(given), ours.preprocess(given))


def test_an_embedding_is_a_tensor(pair):
    said = pair[1].image_encoder(pair[1].preprocess(pictures()))
    close(pair[0].image_encoder(pair[0].preprocess(pictures())), said + 0)
    assert isinstance(said, torch.Tensor)
    assert type(said[0]) is type(said * 1) is type(said.cpu().detach() * 1) is torch.Tensor
    assert [each.shape for each in said] == [(256, 16, 16)] * 2
    assert torch.cat([said, said]).shape == (4, 256, 16, 16)
    assert said.numpy().shape == said.shape
    file = io.BytesIO()
    torch.save(said, file)
    file.seek(0)
    assert torch.equal(torch.load(file), said)  # weights only: no class of ours is in it


PROMPTS = {
    "a box": lambda: (None, torch.tensor([[20.0, 30, 140, 150]]), None),
    "boxes": lambda: (None, torch.tensor([[[20.0, 30, 140, 150]], [[5, 9, 200, 100]]]), None),
    "points": lambda: ((torch.tensor([[[20.0, 30], [9, 9]]]), torch.tensor([[1, 0]])), None, None),
    "float labels": lambda: ((torch.tensor([[[20.0, 30]]]), torch.tensor([[1.0]])), None, None),
    "nothing": lambda: (None, None, None),
    "a mask": lambda: (None, None, torch.linspace(-5, 5, 4096).view(1, 1, 64, 64)),
    "points and a box": lambda: (
        (torch.tensor([[[20.0, 30]]]), torch.tensor([[0]])), torch.tensor([[9.0, 9, 99, 99]]), None
    ),
}  # fmt: skip


@pytest.mark.parametrize("prompts", PROMPTS.values(), ids=PROMPTS)
@pytest.mark.parametrize("multimask", [True, False])
def test_a_loops_own_calls(pair, prompts, multimask):
    points, boxes, masks = prompts()
    said = []
    for sam in pair:
        with torch.no_grad():
            embedding = sam.image_encoder(sam.preprocess(pictures(1)))
            sparse, dense = sam.prompt_encoder(points=points, boxes=boxes, masks=masks)
            low, iou = sam.mask_decoder(
                image_embeddings=embedding,
                image_pe=sam.prompt_encoder.get_dense_pe(),
                sparse_prompt_embeddings=sparse,
                dense_prompt_embeddings=dense,
                multimask_output=multimask,
            )
            one_more = sam.mask_decoder(
                embedding[0].unsqueeze(0), sam.prompt_encoder.get_dense_pe(), sparse, dense,
                multimask,
            )  # fmt: skip
            every = sam.mask_decoder.predict_masks(
                image_embeddings=embedding,
                image_pe=sam.prompt_encoder.get_dense_pe(),
                sparse_prompt_embeddings=sparse,
                dense_prompt_embeddings=dense,
            )
            full = sam.postprocess_masks(low, input_size=(200, SIDE), original_size=(100, 128))
            full_again = sam.postprocess_masks(low, (200, SIDE), torch.Size([100, 128]))
        said.append([sparse, dense, low, iou, *one_more, *every, full, full_again])
    for theirs, ours in zip(*said, strict=True):
        close(theirs, ours)


def learns(sam, steps=2):
    """Two steps of the usual loop: the encoder and the prompt encoder are frozen."""
    for name, parameter in sam.named_parameters():
        frozen = name.startswith(("image_encoder", "prompt_encoder"))
        parameter.requires_grad_(not frozen)
    sam.train()
    trained = [each for each in sam.mask_decoder.parameters() if each.requires_grad]
    optimizer = torch.optim.SGD(trained, lr=1e-3)
    target, losses = torch.zeros(1, 1, 100, 128), []
    target[..., 20:70, 30:90] = 1
    for _ in range(steps):
        with torch.no_grad():
            embedding = sam.image_encoder(sam.preprocess(pictures(1)))
            boxes = torch.tensor([[60.0, 40, 180, 140]])
            sparse, dense = sam.prompt_encoder(points=None, boxes=boxes, masks=None)
        low, _ = sam.mask_decoder(
            image_embeddings=embedding,
            image_pe=sam.prompt_encoder.get_dense_pe(),
            sparse_prompt_embeddings=sparse,
            dense_prompt_embeddings=dense,
            multimask_output=False,
        )
        full = sam.postprocess_masks(low, (200, SIDE), (100, 128))
        loss = F.binary_cross_entropy_with_logits(full, target)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def test_a_loop_learns_the_same(pair):
    theirs, ours = (copy.deepcopy(each) for each in pair)
    expected, found = learns(theirs), learns(ours)
    assert found == pytest.approx(expected, rel=1e-3)
    assert found[1] < found[0]
    ours.load_state_dict(theirs.state_dict())
    assert theirs.state_dict().keys() == ours.state_dict().keys()


def test_gradients_reach_the_encoder(pair):
    ours = copy.deepcopy(pair[1]).requires_grad_(requires_grad=True)
    ours.image_encoder(ours.preprocess(pictures(1))).square().mean().backward()
    assert ours.image_encoder.pos_embed.grad.abs().sum() > 0


def test_our_own_models_take_the_same_calls():
    sam = sam_widget.load_model("mini", "cpu", "float32")
    whole = sam.image_encoder(sam.preprocess(torch.rand(1, 3, 512, 400) * 255))
    sparse, dense = sam.prompt_encoder(points=None, boxes=torch.ones(2, 4) * 90, masks=None)
    rest = sam.prompt_encoder.get_dense_pe(), sparse, dense
    with_skips = sam.mask_decoder(whole, *rest, multimask_output=True)[0]
    assert with_skips.shape == (2, 3, 128, 128)
    without = sam.mask_decoder(whole + 0, *rest, multimask_output=True)[0]
    assert not torch.allclose(with_skips, without), "the skips are lost"
    assert torch.equal(with_skips, sam.mask_decoder(whole.map(lambda t: t), *rest)[0][:, 1:])
    assert sam.pixel_mean.flatten().tolist() == [127.0] * 3


def test_colours_can_be_told_otherwise(pair):
    ours = copy.deepcopy(pair[1])
    ours.pixel_mean, ours.pixel_std = torch.zeros(3, 1, 1), torch.ones(3, 1, 1)
    assert torch.equal(ours.preprocess(pictures())[..., :200, :], pictures().float())
    assert pair[1].pixel_mean[0] == pytest.approx(123.675)


def test_half_precision_and_back(pair):
    half = copy.deepcopy(pair[1]).half().eval()
    said = half.image_encoder(half.preprocess(pictures(1)))
    assert said.dtype == torch.float16
    again = half.float().to("cpu")
    assert again.device == torch.device("cpu")


def test_features_of_a_predictor_keep_the_skips(coffee):
    first = compat.SamPredictor(sam_widget.load_model("mini", "cpu", "float32"))
    first.set_image(coffee)
    second = compat.SamPredictor(first.model)
    second.features, second.original_size = first.features, first.original_size
    second.input_size = first.input_size
    same(first.predict(POINTS, LABELS), second.predict(POINTS, LABELS))
    second.features = None
    assert not second.is_image_set
    assert first.orig_h is first.input_w is None


def test_a_decoder_of_ones_own_is_asked(pair, coffee):
    class Louder(type(pair[1].mask_decoder)):
        def predict_masks(self, *given, **named):
            masks, iou = super().predict_masks(*given, **named)
            return masks + 1000, iou

    ours = copy.deepcopy(pair[1])
    plain, seen = compat.SamPredictor(ours), []
    plain.set_image(coffee)
    hook = ours.mask_decoder.register_forward_hook(lambda *told: seen.append(told))
    hooked = plain.predict(POINTS, LABELS)
    hook.remove()
    same(hooked, plain.predict(POINTS, LABELS))
    assert len(seen) == 1
    ours.mask_decoder.__class__ = Louder
    assert plain.predict(POINTS, LABELS)[2].min() > 500
