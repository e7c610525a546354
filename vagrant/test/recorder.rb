# frozen_string_literal: true

# Stands in for Vagrant's configuration: keeps every setting and call in order, and runs blocks with recorders of their own.
class Recorder
  # name of the setting ("memory=") or call, its arguments, and what was recorded in its block (a Recorder for each parameter).
  Call = Struct.new(:name, :arguments, :inside)

  def initialize
    @calls = []
  end

  # Everything recorded on this one, or on one of its parts ("vm", "ssh").
  attr_reader :calls

  def vm
    @vm ||= Recorder.new
  end

  def ssh
    @ssh ||= Recorder.new
  end

  # The value last set.
  def set(name)
    found = all("#{name}=").last
    found&.arguments&.first
  end

  def all(name)
    @calls.select { |call| call.name == name }
  end

  def method_missing(name, *arguments, **options, &block)
    inside = block ? Array.new(block.arity) { Recorder.new } : []
    block&.call(*inside)
    @calls << Call.new(name.to_s, options.empty? ? arguments : arguments + [options], inside)
    nil
  end

  def respond_to_missing?(*)
    true
  end
end
