namespace PelNas.Cli.Tests.Support;

/// <summary>A test that runs the program on data of its own.</summary>
public abstract class PelnasTest : IDisposable
{
    private protected Pelnas Pelnas { get; } = new();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => Pelnas.Dispose();
}
