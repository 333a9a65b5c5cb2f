namespace PelNas.Infra.Tests.Support;

/// <summary>A folder of its own for a test, removed at its end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("pelnas-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
