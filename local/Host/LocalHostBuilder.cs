using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using PelNas.Local.Host.Catalog;

namespace PelNas.Local.Host;

/// <summary>
/// Puts a Functions app together that runs on this machine alone. It takes middleware as the worker's own builder does, so that an app
/// registers its own once for both.
/// </summary>
public sealed class LocalHostBuilder : IFunctionsWorkerApplicationBuilder
{
    private readonly IHostApplicationBuilder _host;
    private readonly Func<IHost> _build;
    private readonly List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> _middleware = [];

    internal LocalHostBuilder(IHostApplicationBuilder host, Func<IHost> build)
    {
        (_host, _build) = (host, build);
        host.Services.AddSingleton(new FunctionPipeline(_middleware));
    }

    /// <summary>The app's settings.</summary>
    public IConfigurationManager Configuration => _host.Configuration;

    /// <summary>Where the app logs.</summary>
    public ILoggingBuilder Logging => _host.Logging;

    /// <summary>The app's services. What it registers wins over the host's.</summary>
    public IServiceCollection Services => _host.Services;

    /// <summary>Adds middleware around HTTP, timer and activity functions, the first outermost. It would take replays for runs.</summary>
    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        _middleware.Add(middleware);
        return this;
    }

    /// <summary>Builds the host and checks the app's functions.</summary>
    /// <exception cref="FunctionDefinitionException">A function cannot be run; the message names it and the fix.</exception>
    public IHost Build()
    {
        IHost host = _build();
        host.Services.GetRequiredService<FunctionCatalog>();
        return host;
    }
}

/// <summary>What runs around functions.</summary>
internal sealed class FunctionPipeline(IReadOnlyList<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware)
{
    public Task RunAsync(FunctionContext context, FunctionExecutionDelegate function)
        => middleware.Reverse().Aggregate(function, (next, use) => use(next))(context);
}
