{{ crm_warehouse.judged('plan', 'exchange_rates') }}
