namespace PelNas.Local.Host;

/// <summary>
/// How this machine runs the app. Set it with <c>builder.Services.Configure&lt;LocalHostOptions&gt;(...)</c> or from the configuration
/// section <see cref="Section"/>.
/// </summary>
public sealed class LocalHostOptions
{
    /// <summary>The configuration section the options are read from: <c>LocalHost</c>, as in the setting <c>LocalHost__Port</c>.</summary>
    public const string Section = "LocalHost";

    /// <summary>The classes whose functions are run; those of the entry assembly when null.</summary>
    public IReadOnlyList<Type>? FunctionTypes { get; set; }

    /// <summary>Whether timer functions run.</summary>
    public bool EnableTimers { get; set; } = true;

    /// <summary>The IP address to listen on. The default is loopback, which only this machine reaches.</summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>The TCP port to listen on; 0 for one that is free (<see cref="LocalHost.AddressOf"/> tells which).</summary>
    public int Port { get; set; } = 7071;

    /// <summary>
    /// The folder for what the host keeps between starts: history, access keys and the timers' runs; made if it is not there. One process
    /// at a time can use it.
    /// </summary>
    public string DataDirectory { get; set; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "pelnas");

    /// <summary>The app's host.json, read for the route prefix and the bounds of activities and orchestrators; it need not exist.</summary>
    public string HostJsonPath { get; set; } = Path.Combine(AppContext.BaseDirectory, "host.json");
}
