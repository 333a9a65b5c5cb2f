namespace PelNas.Local.Tests.Engine.Semantics;

/// <summary>The embedded engine, on a history file and the machine's clock.</summary>
public sealed class EmbeddedBackend : SemanticsBackend
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pelnas-history-");
    private TestEngine? _engine;

    public override async ValueTask InitializeAsync()
    {
        // Without observers, so that changes are committed together as they are outside tests.
        _engine = new TestEngine(
            Functions, Path.Combine(_folder.FullName, "history.db"), TimeProvider.System, configure: options =>
            {
                options.DefaultVersion = AppVersion;
                options.Observers.Clear();
            });
        await _engine.StartAsync();
        Client = _engine.Client;
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await _engine!.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
