using System.Reflection;

namespace PelNas.Infra.Tests.Support;

/// <summary>The repository that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>Its root folder.</summary>
    public static string Root { get; } = Path.GetFullPath(Metadata("Repository"));

    /// <summary>A path in it, given with slashes.</summary>
    public static string At(string path) => Path.GetFullPath(Path.Combine(Root, path));

    /// <summary>The text of a file in it.</summary>
    public static string Read(string path) => File.ReadAllText(At(path));

    /// <summary>Files in a folder of it and below, as paths with slashes.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(At(folder), pattern, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    /// <summary>What the build wrote into the assembly of the tests under a name.</summary>
    public static string Metadata(string name) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == name).Value!;
}
