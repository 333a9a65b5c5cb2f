using PelNas.Shared.Torch.Networks;

using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Proxies;

/// <summary>The gradients of the loss at a layer.</summary>
/// <param name="WeightGradient">As <see cref="Layer.Weight"/>.</param>
internal sealed record LayerGradient(Layer Layer, Tensor WeightGradient);
