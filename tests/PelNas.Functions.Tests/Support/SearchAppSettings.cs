namespace PelNas.Functions.Tests.Support;

/// <summary>What differs from one test app to the next.</summary>
internal sealed record SearchAppSettings(string Folder)
{
    public string HistoryPath => Path.Combine(Folder, "history.db");

    public string StorePath => Path.Combine(Folder, "store.db");

    /// <summary>Whether the clock and what is counted, below, take the place of the app's own.</summary>
    public bool HasStandIns { get; init; } = true;

    /// <summary>The clock, which the test moves.</summary>
    public FakeTimeProvider Time { get; init; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    /// <summary>A clock instead of <see cref="Time"/>.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>Key of the configured proposer, which may not stand on the command line where <see cref="Configuration"/> goes.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Whether the proposer is the one that <see cref="Configuration"/> names, with all clients around it.</summary>
    public bool UseConfiguredProposer { get; init; }

    public CommitLog Commits { get; init; } = new();

    public CountingOracle Oracle { get; init; } = new();

    public CountingScorers Proxies { get; init; } = new();

    /// <summary>How often each prompt reached the proposer.</summary>
    public ConcurrentDictionary<string, int> Calls { get; init; } = new();

    /// <summary>Answers a payload in place of the offline proposer, or throws; null for the offline proposer's answer.</summary>
    public Func<string, string?>? Answer { get; init; }

    public Delivery Delivery { get; init; }

    /// <summary>The activities that were delivered twice.</summary>
    public ConcurrentDictionary<string, bool> Delivered { get; } = new();

    /// <summary>What keeps the calls of activities, or null.</summary>
    public RecordedActivities? Activities { get; init; }

    public bool EnableHttp { get; init; }

    public bool EnableTimers { get; init; }

    public ILoggerProvider? Log { get; init; }

    /// <summary>Adds services to the app's own.</summary>
    public Action<IServiceCollection>? Configure { get; init; }

    public IReadOnlyDictionary<string, string> Configuration { get; init; } = new Dictionary<string, string>();

    /// <summary>The same with one more setting of the app's configuration.</summary>
    public SearchAppSettings With(string name, string value)
        => this with { Configuration = new Dictionary<string, string>(Configuration) { [name] = value } };

    /// <summary>An <see cref="Answer"/> that fails the searches on one device alone.</summary>
    public static string? KnowsNoEyeriss(string payload)
        => JsonDocument.Parse(payload).RootElement.GetProperty("objective").GetProperty("device").GetString() == "eyeriss"
            ? throw new ArgumentException("The proposer does not know eyeriss.")
            : null;
}
