using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using PelNas.Functions;
using PelNas.Functions.Telemetry;

FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddPelNas();
builder.Services.AddPelNasTelemetry(builder.Configuration);
await builder.Build().RunAsync();
