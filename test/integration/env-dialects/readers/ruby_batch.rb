# Run with the name of a reader and files: prints what it makes of each, as JSON.
require "json"

readers = {
  "dotenv" => lambda do
    require "dotenv"
    ->(file) { Dotenv::Environment.new(file, true).to_h }
  end,
  "foreman" => lambda do
    require "foreman/env"
    lambda do |file|
      values = {}
      Foreman::Env.new(file).entries { |name, value| values[name] = value }
      values
    end
  end
}
name, *files = ARGV
read = readers.fetch(name).call
answers = files.map do |file|
  { values: read.call(file) }
rescue StandardError => e
  { error: e.inspect }
end
puts JSON.generate(answers)
