using System.Reflection;

namespace PelNas.Local.Host;

/// <summary>
/// How this machine runs the app. Set it with <c>builder.Services.Configure&lt;LocalHostOptions&gt;(...)</c> or from the configuration section
/// <see cref="Section"/>.
/// </summary>
public sealed class LocalHostOptions
{
    /// <summary>The configuration section the options are read from: <c>LocalHost</c>, as in the setting <c>LocalHost__Port</c>.</summary>
    public const string Section = "LocalHost";

    /// <summary>The assembly whose functions are run; the entry assembly when null.</summary>
    public Assembly? FunctionsAssembly { get; set; }

    /// <summary>Whether timer functions run.</summary>
    public bool EnableTimers { get; set; } = true;

    /// <summary>The IP address to listen on. The default is loopback, which only this machine reaches.</summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>The TCP port to listen on; 0 for one that is free (<see cref="LocalHostAddress"/> tells which).</summary>
    public int Port { get; set; } = 7071;

    /// <summary>The largest request body accepted, in bytes; a larger one is answered with 413.</summary>
    public long MaxRequestBodyBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>
    /// The folder for what the host keeps between starts: history, access keys and the timers' runs; made if it is not there. One process at a
    /// time can use it.
    /// </summary>
    public string DataDirectory { get; set; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "pelnas");

    /// <summary>The app's host.json, of which the route prefix and the bounds of activities and orchestrators are read; it need not exist.</summary>
    public string HostJsonPath { get; set; } = Path.Combine(AppContext.BaseDirectory, "host.json");

    /// <summary>Takes the functions of these classes instead of those of an assembly.</summary>
    internal IReadOnlyList<Type>? FunctionTypes { get; set; }

    internal IEnumerable<Type> ResolvedFunctionTypes => FunctionTypes ?? (FunctionsAssembly ?? Assembly.GetEntryAssembly()!).GetTypes();
}
