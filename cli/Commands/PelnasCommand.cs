namespace PelNas.Cli.Commands;

/// <summary>The program: all verbs.</summary>
internal static class PelnasCommand
{
    /// <summary>Builds it.</summary>
    public static RootCommand Create() => VerbHelp.Of(
        new RootCommand(
            """
            PEL-NAS: hardware-aware neural architecture search driven by an LLM, in complexity partitions.

            Start here:
              pelnas search --dataset cifar10 --device fpga

            'pelnas search --help' tells more of a verb, with examples.
            """)
        {
            SearchCommand.Create(),
            ServeCommand.Create(),
            RunsCommand.Create(),
            BenchmarkCommand.Create(),
            DevicesCommand.Create(),
            SpacesCommand.Create(),
            CellCommand.Create(),
            ModelCommand.Create(),
            TrainCommand.Create(),
            ProxiesCommand.Create(),
            SupernetCommand.Create(),
            DoctorCommand.Create(),
            ExportCommand.Create(),
            ImportCommand.Create(),
            StoreCommand.Create(),
        });
}
