using TorchSharp;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Networks;

/// <summary>Moves weights into a network and out of it.</summary>
internal static class NetworkState
{
    /// <summary>Gives a network weights of its layout.</summary>
    public static void Load(this MacroNetwork network, NetworkWeights weights)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable untracked = no_grad();
        for (int i = 0; i < network.State.Count; i++)
        {
            Tensor state = network.State[i];
            state.copy_(tensor(weights.Values[i]).reshape(state.shape));
        }
    }

    /// <summary>Copies the weights that a network has now.</summary>
    public static NetworkWeights Copy(this MacroNetwork network, NetworkLayout layout)
        => new(layout, [.. network.State.Select(state => state.data<float>().ToArray())]);
}
