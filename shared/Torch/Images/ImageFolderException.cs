namespace PelNas.Shared.Torch.Images;

/// <summary>A folder of images cannot be used. The message says why and what it should hold.</summary>
public sealed class ImageFolderException(string message, Exception? innerException = null) : Exception(message, innerException);
