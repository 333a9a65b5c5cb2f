using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using PelNas.Functions;
using PelNas.Functions.Chat;
using PelNas.Functions.Telemetry;
using PelNas.Local.Host;

// Started by a Functions host, this is its worker; started by itself, it is its own host.
FunctionsApplicationBuilder worker = FunctionsApplication.CreateBuilder(args);
if (LocalHost.HasFunctionsHost(worker))
{
    worker.ConfigureFunctionsWebApplication();
    AddApp(worker, worker.Configuration);
    await worker.Build().RunAsync();
}
else
{
    LocalHostBuilder local = LocalHost.CreateBuilder(args);
    AddApp(local, local.Configuration);
    await local.Build().RunAsync();
}

static void AddApp(IFunctionsWorkerApplicationBuilder builder, IConfigurationManager configuration)
{
    configuration.AddPelNasUserSecrets();
    builder.UsePelNas().Services.AddPelNasTelemetry(configuration);
}
