{{ crm_warehouse.judged('plan', 'targets') }}
