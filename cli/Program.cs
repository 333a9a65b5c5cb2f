using PelNas.Cli;
using PelNas.Cli.Commands;

return await CommandLine.RunAsync(PelnasCommand.Create(), args);
