using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using PelNas.Functions;
using PelNas.Functions.Chat;
using PelNas.Functions.Telemetry;

FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Configuration.AddPelNasUserSecrets();
builder.Services.AddPelNas();
builder.Services.AddPelNasTelemetry(builder.Configuration);
await builder.Build().RunAsync();
