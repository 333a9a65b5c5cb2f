namespace PelNas.Local.Host.Http;

/// <summary>
/// Silences the web server's own lines about each request for every log: they hold the whole address, and with it the key that a caller
/// may have put into the query.
/// </summary>
internal sealed class NoRequestLines : IPostConfigureOptions<LoggerFilterOptions>
{
    private const string Category = "Microsoft.AspNetCore.Hosting.Diagnostics";

    public void PostConfigure(string? name, LoggerFilterOptions options)
    {
        // A rule for one log beats a rule for all, so each log that has rules of its own gets this one, too.
        foreach (var provider in options.Rules.Select(rule => rule.ProviderName).Append(null).Distinct().ToList())
        {
            options.Rules.Add(new LoggerFilterRule(provider, Category, LogLevel.None, null));
        }
    }
}
