using PelNas.Shared.Evolution;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Comparison.Strategies;

/// <summary>
/// MOEA/D (Zhang and Li 2007, section III) with 20 evenly spread weights and neighbourhoods of five: each weight's subproblem, by
/// the Tchebycheff approach with objectives scaled to their observed range (section V), breeds from two neighbours, and the child
/// replaces those neighbours that it improves. A child that was labelled before is free and replaces like any other.
/// </summary>
internal sealed class Moead : ISearchStrategy
{
    private const int Subproblems = 20;
    private const int Neighbourhood = 5;

    // A round in which all children are known ones; after so many of them nothing new will come.
    private const int MostIdleRounds = 200;

    public string Name => "moead";

    public Task SearchAsync(SearchTrial trial, CancellationToken cancellationToken)
    {
        Random random = trial.Random(Name);
        Scalarization scale = new();
        Individual[] incumbents = [.. Individual.DrawPopulation(trial, Subproblems, random)];
        if (incumbents.Length < Subproblems)
        {
            // The budget is spent, or the space has no more than these.
            return Task.CompletedTask;
        }

        foreach (Individual individual in incumbents)
        {
            scale.Observe(individual.Objectives);
        }

        for (int idle = 0; trial.Ledger.Remaining > 0 && idle < MostIdleRounds; idle++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int before = trial.Ledger.Remaining;
            for (int subproblem = 0; subproblem < Subproblems && trial.Ledger.Remaining > 0; subproblem++)
            {
                int[] neighbours = Neighbours(subproblem);
                int child = Breed(trial, incumbents, neighbours, random);
                if (!trial.IsFeasible(child))
                {
                    continue;
                }

                Individual born = Individual.Evaluate(trial, child);
                scale.Observe(born.Objectives);
                Replace(incumbents, neighbours, born, scale);
            }

            idle = trial.Ledger.Remaining < before ? -1 : idle;
        }

        return Task.CompletedTask;
    }

    private static int[] Neighbours(int subproblem)
    {
        int first = Math.Clamp(subproblem - (Neighbourhood / 2), 0, Subproblems - Neighbourhood);
        return [.. Enumerable.Range(first, Neighbourhood)];
    }

    private static int Breed(SearchTrial trial, Individual[] incumbents, int[] neighbours, Random random)
    {
        ISearchSpace space = trial.Space;
        byte[] child = GenotypeVariation.Cross(
            space, incumbents[neighbours[random.Next(Neighbourhood)]].Index,
            incumbents[neighbours[random.Next(Neighbourhood)]].Index, random);
        GenotypeVariation.MutateOne(space, child, random);
        int index = trial.Resolve(child);
        trial.CountRefused(index);
        return index;
    }

    private static void Replace(Individual[] incumbents, int[] neighbours, Individual child, Scalarization scale)
    {
        foreach (int neighbour in neighbours)
        {
            double weight = neighbour / (double)(Subproblems - 1);
            if (scale.Tchebycheff(child.Objectives, weight) <= scale.Tchebycheff(incumbents[neighbour].Objectives, weight))
            {
                incumbents[neighbour] = child;
            }
        }
    }
}
