namespace PelNas.Infra.Tests.Support;

/// <summary>
/// A copy of the product's sources, to publish and to pack from, so that the repository's own obj folders stay as the build left them.
/// </summary>
internal static class SourcesCopy
{
    /// <summary>
    /// For builds of the copy: the analyzers have seen these sources when the tests were built, and are much of what a compilation takes.
    /// </summary>
    public const string WithoutAnalyzers = "-p:RunAnalyzers=false";

    /// <summary>Copies the files beside the solution, and folders.</summary>
    public static void Make(string to, params IEnumerable<string> folders)
    {
        foreach (string file in Directory.EnumerateFiles(Repository.Root)
            .Concat(folders.SelectMany(folder => Repository.Files(folder, "*").Select(Repository.At))))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(Repository.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
