using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using PelNas.Functions;
using PelNas.Functions.Chat;

FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Configuration.AddPelNasUserSecrets();
builder.Services.AddPelNas();
await builder.Build().RunAsync();
