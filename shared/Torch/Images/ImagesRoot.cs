namespace PelNas.Shared.Torch.Images;

/// <summary>The folder whose subfolders of images may be requested over the network.</summary>
/// <param name="Path">The folder; empty where there is none.</param>
public sealed record ImagesRoot(string Path)
{
    /// <summary>Names of the subfolders, in ordinal order.</summary>
    public IReadOnlyList<string> Names => Directory.Exists(Path)
        ? [.. new DirectoryInfo(Path).EnumerateDirectories().Select(folder => folder.Name).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>
    /// The folder of images that a request names: one under the root, or any by its full path, which the command line gives.
    /// </summary>
    public string Resolve(string images) => System.IO.Path.Combine(Path, images);
}
