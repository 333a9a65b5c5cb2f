namespace PelNas.Shared.Torch.Loading;

/// <summary>LibTorch cannot be loaded here. The message says why and what to do.</summary>
public sealed class LibTorchException(string message, Exception? innerException = null) : Exception(message, innerException);
