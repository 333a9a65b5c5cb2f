namespace PelNas.Shared.Torch.Loading;

/// <summary>Finds the folder in which the program's native libraries lie.</summary>
internal static class LibTorchFolder
{
    /// <summary>The folder of a platform's libraries, among those that the runtime looks into.</summary>
    /// <exception cref="LibTorchException">This build holds no LibTorch for the platform.</exception>
    public static string Find(LibTorchPlatform platform)
        => Find(platform, ((AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string) ?? "").Split(
            Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The same among given folders.</summary>
    /// <exception cref="LibTorchException">None of them has the libraries.</exception>
    public static string Find(LibTorchPlatform platform, IEnumerable<string> searched)
    {
        string[] folders = [.. searched, AppContext.BaseDirectory];
        return folders.FirstOrDefault(folder => HasAll(platform, folder))
            ?? throw new LibTorchException(
                $"This build holds no LibTorch for {platform.Runtime}. Run the same in the repository with 'dotnet run -c Release "
                + $"--project cli --', whose build fetches it (LibTorchRuntime={platform.Runtime} asks for it); "
                + $"{platform.Binding} and {string.Join(", ", platform.Libraries)} are not together in any of "
                + $"{string.Join(", ", folders)}.");
    }

    private static bool HasAll(LibTorchPlatform platform, string folder)
        => platform.Libraries.Append(platform.Binding).All(file => File.Exists(Path.Combine(folder, file)));
}
