using Microsoft.Extensions.Configuration;
using PelNas.Local.Engine;

namespace PelNas.Local.Host;

/// <summary>What the host reads of the app's host.json: comments and trailing commas are fine, as for the Functions host.</summary>
internal sealed class HostJson
{
    private readonly IConfigurationSection _extensions;

    /// <param name="path">The file; without one, or where it says nothing, the defaults hold.</param>
    /// <exception cref="InvalidDataException">The file is not JSON.</exception>
    public HostJson(string path)
        => _extensions = new ConfigurationBuilder().AddJsonFile(Path.GetFullPath(path), optional: true).Build().GetSection("extensions");

    /// <summary>The first part of every HTTP route (<c>extensions.http.routePrefix</c>), without slashes; empty for none.</summary>
    public string RoutePrefix => (_extensions["http:routePrefix"] ?? "api").Trim('/');

    /// <summary>Sets what the file says of the durable engine.</summary>
    public void Apply(EngineOptions options)
    {
        options.MaxConcurrentActivities =
            _extensions.GetValue("durableTask:maxConcurrentActivityFunctions", options.MaxConcurrentActivities);
        options.MaxConcurrentOrchestrators =
            _extensions.GetValue("durableTask:maxConcurrentOrchestratorFunctions", options.MaxConcurrentOrchestrators);
        options.DefaultVersion = _extensions["durableTask:defaultVersion"] ?? options.DefaultVersion;
    }
}
