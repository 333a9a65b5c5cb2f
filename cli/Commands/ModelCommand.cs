using System.CommandLine;
using PelNas.Shared.Export;
using PelNas.Shared.Search;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Torch.Networks;

namespace PelNas.Cli.Commands;

/// <summary><c>pelnas model</c>: writes the network around a cell as ONNX or as a PyTorch module.</summary>
internal static class ModelCommand
{
    public static Command Create()
    {
        Argument<string> architecture = new("CELL")
        {
            Description = "Index of the cell, or the cell in quotes: '|op~0|+|op~0|op~1|+|op~0|op~1|op~2|'",
        };
        Option<string> format = new("--format") { Description = "onnx (operator set 17) or pytorch (one Python file)", HelpName = "NAME", Required = true };
        format.AcceptOnlyFromAmong([.. ExportFormats.All]);
        ShapeOptions shape = new(new NetworkShape(16, 5, 32, 10));
        Option<string?> weights = new("--weights") { Description = "Safetensors file of the network's weights (default: the weights of a network before training, by --seed)", HelpName = "FILE" };
        Option<int> seed = NumberOptions.Whole("--seed", "Seed of the weights where none are given", 1, "a whole number");
        Option<string> output = new("--output") { Description = "The file; with --format pytorch and --weights a copy of the weights goes beside it", HelpName = "FILE", Required = true };
        Command command = new(
            "model",
            "Write the network around a cell as an ONNX model or a PyTorch module.\n\n"
            + "Examples:\n"
            + "  pelnas model 6111 --format onnx --output cell.onnx\n"
            + "  pelnas model 6111 --format pytorch --dataset imagenet16-120 --output cell.py")
        {
            architecture, format, weights, seed, output,
        };
        shape.AddTo(command);
        command.SetAction(parsed =>
        {
            if (!CellLookup.TryRead(NasBench201.Instance, parsed.GetValue(architecture)!, out int index, out string? error))
            {
                throw new UsageException($"CELL: {error}");
            }

            ExportedCell cell = new(index, shape.Parse(parsed));
            NetworkWeights? given = parsed.GetValue(weights) is { } path ? ReadWeights(path, cell) : null;
            string file = parsed.GetValue(output)!;
            if (parsed.GetValue(format) == ExportFormats.Onnx)
            {
                File.WriteAllBytes(file, OnnxNetwork.Write(cell, given ?? NetworkWeights.Initial(cell.Layout, parsed.GetValue(seed))));
                Console.Out.WriteLine(file);
                return ExitCode.Done;
            }

            File.WriteAllText(file, PyTorchModule.Write(cell));
            Console.Out.WriteLine(file);
            if (given is not null)
            {
                string beside = Path.ChangeExtension(file, ".safetensors");
                using FileStream stream = File.Create(beside);
                SafetensorsFile.Write(stream, given, cell.Metadata);
                Console.Out.WriteLine(beside);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static NetworkWeights ReadWeights(string path, ExportedCell cell)
    {
        try
        {
            return SafetensorsFile.Read(path, cell.Layout);
        }
        catch (InvalidDataException exception)
        {
            throw new UsageException($"--weights: {exception.Message} Give the sizes that it was trained with.");
        }
    }
}
