using BenchmarkDotNet.Running;
using PelNas.Bench;

BenchmarkSwitcher.FromAssembly(typeof(ParetoBenchmarks).Assembly).Run(args);
